import { expect, it } from 'vitest';
import { getMe } from '@/lib/api/me';
import { signInByPassword } from '@/lib/auth/sign-in';
import { useDatabase } from '@/scripts/testing/database';
import { setUpFromEnv } from './set-up';

useDatabase();

const KEY = 'hs_live_made-by-the-start-script-0001';
Object.assign(process.env, {
  HARDSTOP_INIT_ORG: 'Headless',
  HARDSTOP_INIT_OWNER_EMAIL: 'Owner@Example.com',
  HARDSTOP_INIT_OWNER_PASSWORD: 'twelve and more',
  HARDSTOP_INIT_API_KEY: KEY,
});

it('makes the organisation, its admin and a key with all scopes, once', async () => {
  const made = await Promise.all([setUpFromEnv(), setUpFromEnv()]);
  expect(made.filter((name) => name !== null)).toEqual(['Headless']);
  expect(await setUpFromEnv()).toBeNull();
  const me = await getMe.handle(new Request('http://hardstop.test/api/v1/me', { headers: { authorization: `Bearer ${KEY}` } }), {});
  expect(await me.json()).toMatchObject({
    organisation: { name: 'Headless' },
    apiKey: { scopes: ['usage:write', 'spend:authorize', 'gateway', 'flags:read', 'read', 'admin'] },
  });
  expect(await signInByPassword('owner@example.com', 'twelve and more', '127.0.0.1')).toMatch(/^ses_/);
});
