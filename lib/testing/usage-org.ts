import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { hashOfSecret, makeKeySecret } from '@/lib/auth/secrets';
import type { Caller, Scope } from '@/lib/context';
import { reader } from '@/lib/db';
import type { Door } from '@/lib/http/door';
import { type Instant, minus, minutes, toIso } from '@/lib/kernel/instant';
import { type BareBudget, type BareOrg, bareOrg, NOON } from './bare-org';

/** An organisation whose key can be sent: `secret` is its key with every scope that data needs. */
export type UsageOrg = BareOrg & { secret: string; caller: Caller };

const SCOPES: Scope[] = ['usage:write', 'spend:authorize', 'gateway', 'read', 'admin'];

/** Makes an organisation with budgets and a key that may write usage, ask, read and set prices. */
export async function usageOrg(budgets: BareBudget[] = [], now: Instant = NOON, zone?: string): Promise<UsageOrg> {
  const org = await bareOrg(budgets, now, zone);
  const secret = makeKeySecret();
  await reader().query('UPDATE api_key SET secret_hash = $3, scopes = $4 WHERE org_id = $1 AND id = $2', [
    org.orgId,
    org.keyId,
    hashOfSecret(secret),
    SCOPES,
  ]);
  const actor: Caller['actor'] = { kind: 'api_key', id: org.keyId, name: 'test', scopes: SCOPES, pins: { tags: {} } };
  return { ...org, secret, caller: { actor, orgId: org.orgId, requestId: 'req_test' } };
}

/**
 * Hands a test file its clock: call it once, at the top. @returns sets the clock to another moment
 */
export function standClock(at: Instant = NOON): (at: Instant) => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-clock-'));
  const file = path.join(folder, 'now');
  const set = (moment: Instant): void => writeFileSync(file, toIso(moment));
  set(at);
  process.env.HARDSTOP_CLOCK_FILE = file;
  afterAll(() => rmSync(folder, { recursive: true }));
  return set;
}

let sent = 0;

/** A usage record of a minute ago: 1,000 tokens in and 500 out of gpt-4o ($0.0075), changed as the test needs. */
export const aRecord = (org: UsageOrg, part: Record<string, unknown> = {}): Record<string, unknown> => ({
  eventId: `event-${++sent}`,
  occurredAt: toIso(minus(org.now, minutes(1))),
  workload: 'support-bot',
  provider: 'openai',
  model: 'gpt-4o',
  units: { input: 1_000, output: 500 },
  ...part,
});

/** Knocks on a door as a program would. @returns the answer's status and its JSON (or text) */
export async function knock(
  door: Door,
  org: UsageOrg,
  options: { path?: string; params?: Record<string, string>; body?: unknown; headers?: Record<string, string> } = {},
) {
  const isRaw = options.body instanceof Uint8Array || typeof options.body === 'string';
  const request = new Request(`http://localhost${options.path ?? door.path}`, {
    method: door.method,
    headers: {
      authorization: `Bearer ${org.secret}`,
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body: options.body === undefined ? null : isRaw ? (options.body as string) : JSON.stringify(options.body),
  });
  const response = await door.handle(request, options.params ?? {});
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: (isJson ? JSON.parse(text) : {}) as Record<string, unknown> };
}
