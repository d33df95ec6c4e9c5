import { z } from 'zod';
import { isRange } from './egress/address';

const DEFAULT_PORT = 3000;
const PLACEHOLDER = /change.?me|secret|password|example|placeholder|^(.)\1+$/i;

const port = z.coerce.number('a whole number').int('a whole number').min(1, 'from 1 to 65535').max(65_535, 'from 1 to 65535');
const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' });
const secret = z
  .string()
  .min(32, 'at least 32 characters; make one with: openssl rand -base64 32')
  .refine((text) => !PLACEHOLDER.test(text), 'looks like a placeholder; make one with: openssl rand -base64 32');
const databaseUrlShape = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), 'a postgresql:// address');
const cidrs = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.every(isRange), 'address ranges with a prefix length, e.g. 10.0.0.0/8,fd00::/8');
const encryptionKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, '32 bytes in base64; make one with: openssl rand -base64 32');
const yes = z.enum(['1', '0'], '1 or 0').transform((text) => text === '1');

const shape = {
  PORT: port.default(DEFAULT_PORT).describe('The port people and programs come to.'),
  HOST: z.string().default('127.0.0.1').describe('The address to listen on; `0.0.0.0` opens it to the network.'),
  PUBLIC_URL: httpUrl
    .optional()
    .describe('Where people reach it, e.g. behind a proxy: `https://hardstop.example.com`. Absent: `http://localhost:<PORT>`.'),
  DATABASE_URL: databaseUrlShape.optional().describe('A Postgres of yours (16 or later). Absent: an embedded one is started.'),
  HARDSTOP_DATA_DIR: z.string().default('.data').describe('Where the embedded Postgres and the secrets made on first start are kept.'),
  AUTH_SECRET: secret.optional().describe('Signs sessions. Absent: made on first start and kept in the data folder.'),
  HARDSTOP_ENCRYPTION_KEY: encryptionKey
    .optional()
    .describe('Encrypts stored provider keys: 32 bytes in base64. Absent: made on first start and kept in the data folder.'),
  HARDSTOP_ENCRYPTION_KEY_OLD: encryptionKey
    .optional()
    .describe('Another such key that still opens what it has encrypted, and encrypts nothing more: set while keys are changed.'),
  HARDSTOP_INIT_ORG: z.string().optional().describe('With the next three: the first organisation, made when the database is empty.'),
  HARDSTOP_INIT_OWNER_EMAIL: z.email('an e-mail address').optional().describe('Its first admin.'),
  HARDSTOP_INIT_OWNER_PASSWORD: z
    .string()
    .min(12, 'at least 12 characters')
    .max(500, 'at most 500 characters')
    .optional()
    .describe("The admin's password, at least 12 characters."),
  HARDSTOP_INIT_API_KEY: z
    .string()
    .regex(/^hs_live_\S{12,}$/, 'hs_live_ and at least 12 more characters')
    .optional()
    .describe('An API key with every scope: `hs_live_…`.'),
  HARDSTOP_EGRESS_ALLOW: cidrs
    .default([])
    .describe('Private address ranges that outgoing requests may reach, e.g. `10.0.0.0/8`. Absent: none.'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'an smtp:// or smtps:// address' })
    .optional()
    .describe('The mail server: `smtp://user:password@host:587`. Absent: no e-mail is sent.'),
  SMTP_FROM: z
    .string()
    .max(200)
    .optional()
    .describe('Who e-mail is from, e.g. `Hardstop <alerts@example.com>`. Absent: `hardstop@` your host.'),
  OIDC_ISSUER: httpUrl.optional().describe('With the next two: single sign-on with an OpenID Connect provider.'),
  OIDC_CLIENT_ID: z.string().optional().describe('The client id at that provider.'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('The client secret at that provider.'),
  LEAD_ENDPOINT: httpUrl.optional().describe('Where a form asking for help is sent as JSON.'),
  LEAD_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{20,}$/, 'whsec_ and a key in base64')
    .optional()
    .describe('Signs what is posted to `LEAD_ENDPOINT`, as Standard Webhooks: `whsec_…`.'),
  LEAD_EMAIL: z.email('an e-mail address').optional().describe('Who is written to when someone asks for help.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'debug, info, warn, error or silent')
    .default('info')
    .describe('How much is logged.'),
  HARDSTOP_TEST: yes.default(false).describe('`1` allows what only tests may do, such as moving the clock.'),
  HARDSTOP_CLOCK_FILE: z
    .string()
    .optional()
    .describe('A file holding an ISO time that is taken as now; refused in production unless `HARDSTOP_TEST=1`.'),
  HARDSTOP_DIST_DIR: z.string().default('.next').describe('Where the built pages are kept.'),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'production, development or test')
    .default('development')
    .describe('Set by the start script.'),
};

const TOGETHER: (readonly (keyof typeof shape)[])[] = [
  ['HARDSTOP_INIT_ORG', 'HARDSTOP_INIT_OWNER_EMAIL', 'HARDSTOP_INIT_OWNER_PASSWORD', 'HARDSTOP_INIT_API_KEY'],
  ['LEAD_ENDPOINT', 'LEAD_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
];

const schema = z.object(shape);

/** What is wrong between variables; asked apart from the schema, which stops at the first faulty variable. */
function* faultsBetween(present: Variables): Generator<string> {
  for (const names of TOGETHER) {
    const missing = names.filter((name) => present[name] === undefined);
    if (missing.length === names.length) continue;
    for (const name of missing) yield `${name}: must be set too, or none of ${names.join(', ')}`;
  }
  if (present.HARDSTOP_CLOCK_FILE !== undefined && present.NODE_ENV === 'production' && present.HARDSTOP_TEST !== '1')
    yield 'HARDSTOP_CLOCK_FILE: moves the clock and is refused in production; unset it (tests set HARDSTOP_TEST=1)';
}

/** What the program was told from outside, checked. Lists are arrays, switches booleans. */
export type Env = z.infer<typeof schema>;

/** The variables as they came, before checking: `process.env`, or an object in a test. An empty one counts as absent. */
export type Variables = Record<string, string | undefined>;

/** The environment is wrong; the message names every fault at once, one a line. Values are never shown: some are secrets. */
export class EnvFault extends Error {
  override name = 'EnvFault';
}

/** Checks variables as a whole. @throws EnvFault naming all that is wrong. */
export function parseEnv(variables: Variables): Env {
  const present: Variables = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = schema.safeParse(present);
  const faults = [...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`), ...faultsBetween(present)];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new EnvFault(`These environment variables need mending:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

let read: Env | undefined;

/** The process's environment, checked when first asked for (never at import: a build has none). @throws EnvFault */
export function env(): Env {
  read ??= parseEnv(process.env);
  return read;
}

/** Where the database is. @throws EnvFault when there is none: the start script sets it, a script run by hand must. */
export function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new EnvFault('DATABASE_URL is not set: start through `npm start`, or name the database to use.');
  return url;
}

/** Where people reach the program, without a slash at the end. */
export function publicUrl(from: Env = env()): string {
  return (from.PUBLIC_URL ?? `http://localhost:${from.PORT}`).replace(/\/+$/, '');
}

/** next-auth reads its own names; they follow from ours. */
export function nextAuthVariables(from: Env): { NEXTAUTH_SECRET: string; NEXTAUTH_URL: string } {
  if (from.AUTH_SECRET === undefined) throw new EnvFault('AUTH_SECRET is not set: the start script makes one and keeps it.');
  return { NEXTAUTH_SECRET: from.AUTH_SECRET, NEXTAUTH_URL: publicUrl(from) };
}

/** The table of variables for the documentation, in Markdown, made from the schema. */
export function envTable(): string {
  const rows = Object.entries(shape).map(([name, variable]) => {
    const absent = variable instanceof z.ZodDefault ? String(variable.def.defaultValue || '') : '';
    return `| \`${name}\` | ${absent && `\`${absent}\``} | ${variable.description} |`;
  });
  return ['| variable | default | what it is for |', '|---|---|---|', ...rows].join('\n');
}
