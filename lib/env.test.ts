import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnvFault, envTable, nextAuthVariables, parseEnv, publicUrl } from './env';

const faultOf = (variables: Record<string, string>): string => {
  try {
    parseEnv(variables);
  } catch (error) {
    if (error instanceof EnvFault) return error.message;
    throw error;
  }
  return '';
};
const AUTH_SECRET = 'kU8vZ2mQ1xT7yB4nR6wE9aS3dF5gH0jL';

describe('the environment', () => {
  it('is whole without a single variable', () => {
    expect(parseEnv({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', HARDSTOP_EGRESS_ALLOW: [], HARDSTOP_TEST: false });
  });

  it('takes an empty variable for an absent one', () => {
    expect(parseEnv({ DATABASE_URL: '', PORT: ' ' })).toMatchObject({ PORT: 3000 });
  });

  it('names all faults at once, those between variables too', () => {
    const message = faultOf({ PORT: 'eighty', PUBLIC_URL: 'nowhere', OIDC_ISSUER: 'https://id.example.com', HARDSTOP_INIT_ORG: 'Acme' });
    for (const name of ['PORT', 'PUBLIC_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'HARDSTOP_INIT_API_KEY']) {
      expect(message).toContain(`\n  ${name}: `);
    }
  });

  it('never shows the value of a faulty variable', () => {
    expect(faultOf({ DATABASE_URL: 'mysql://root:hunter2@db/x', AUTH_SECRET: 'hunter2' })).not.toContain('hunter2');
  });

  it.each(['changeme-changeme-changeme-changeme', 'x'.repeat(40), 'my-super-secret-key-for-production'])(
    'refuses the placeholder %s',
    (text) => {
      expect(faultOf({ AUTH_SECRET: text })).toContain('AUTH_SECRET: looks like a placeholder');
    },
  );

  it('refuses a moved clock in production, except in a test', () => {
    const moved = { NODE_ENV: 'production', HARDSTOP_CLOCK_FILE: '/tmp/now' };
    expect(faultOf(moved)).toContain('HARDSTOP_CLOCK_FILE');
    expect(faultOf({ ...moved, HARDSTOP_TEST: '1' })).toBe('');
  });

  it('wants an encryption key of exactly 32 bytes', () => {
    expect(faultOf({ HARDSTOP_ENCRYPTION_KEY: Buffer.alloc(31, 7).toString('base64') })).toContain('32 bytes');
    expect(faultOf({ HARDSTOP_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') })).toBe('');
  });

  it('wants a first password as long as the forms do', () => {
    expect(faultOf({ HARDSTOP_INIT_OWNER_PASSWORD: 'eleven sign' })).toContain('HARDSTOP_INIT_OWNER_PASSWORD: at least 12 characters');
  });

  it('reads address ranges apart by commas or spaces', () => {
    expect(parseEnv({ HARDSTOP_EGRESS_ALLOW: '10.0.0.0/8, fd00::/8' }).HARDSTOP_EGRESS_ALLOW).toEqual(['10.0.0.0/8', 'fd00::/8']);
    expect(faultOf({ HARDSTOP_EGRESS_ALLOW: '10.0.0.1' })).toContain('prefix length');
  });

  it('tells next-auth under its own names', () => {
    const env = parseEnv({ AUTH_SECRET, PUBLIC_URL: 'https://hardstop.example.com/' });
    expect(nextAuthVariables(env)).toEqual({ NEXTAUTH_SECRET: AUTH_SECRET, NEXTAUTH_URL: 'https://hardstop.example.com' });
    expect(publicUrl(parseEnv({ PORT: '3100' }))).toBe('http://localhost:3100');
  });

  it('is listed whole in the README', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(envTable());
  });
});
