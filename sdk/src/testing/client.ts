import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { followEvents } from '@/lib/event/doors';
import type { Door } from '@/lib/http/door';
import { toIso } from '@/lib/kernel/instant';
import { authorizeDoor, releaseDoor, settleDoor } from '@/lib/spend/decide/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { endLeaseDoor, giveLeaseDoor, settleLeaseDoor } from '@/lib/spend/lease/doors';
import { aRecord, knock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import type { Ask } from '../ask.js';
import { Hardstop } from '../hardstop.js';
import type { Options } from '../transport.js';

/** The doors that a client knocks on, by the last word of their path. */
const DOORS = { authorize: authorizeDoor, settle: settleDoor, release: releaseDoor, leases: giveLeaseDoor, events: followEvents };

/** The door of a request, and what its path names. */
function doorOf(request: Request): { door: Door; name: string; params: Record<string, string> } {
  const { pathname } = new URL(request.url);
  const [, id, then] = /\/leases\/([^/]+)(\/settle)?$/.exec(pathname) ?? [];
  if (id !== undefined) return { door: then ? settleLeaseDoor : endLeaseDoor, name: then ? 'settle lease' : 'end lease', params: { id } };
  const name = pathname.split('/').at(-1) as keyof typeof DOORS;
  return { door: DOORS[name], name, params: {} };
}

/** Answers a request as our doors do. */
export const answered = (request: Request): Promise<Response> => {
  const { door, params } = doorOf(request);
  return door.handle(request, params);
};

/** A call that may be made. */
export const ASK: Ask = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 1_000, output: 500 } };
/** What it is answered. */
export const ANSWER = { id: 'chatcmpl-1', model: 'gpt-4o', usage: { prompt_tokens: 900, completion_tokens: 60 } };
/** What ANSWER costs, and what ASK sets aside. */
export const COST = 900n * 2_500n + 60n * 10_000n;
export const HELD = 1_000n * 2_500n + 500n * 10_000n;

type Hears = (name: string, times: number) => 'lost before' | 'lost after' | undefined;

/** A client whose requests come to our doors as they are sent; what it hears may be lost on the way there or back. */
export function clientOf(org: UsageOrg, hears: Hears = () => undefined, options: Partial<Options> = {}) {
  const heard: string[] = [];
  const send = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const request = new Request(input as string, init);
    const { name } = doorOf(request);
    heard.push(name);
    const fate = hears(name, heard.filter((each) => each === name).length);
    if (fate === 'lost before') throw new TypeError('fetch failed');
    const response = await answered(request);
    if (fate === 'lost after') throw new TypeError('fetch failed');
    return response;
  };
  return {
    heard,
    hardstop: new Hardstop({ baseUrl: 'http://hardstop.test/', apiKey: org.secret, fetch: send as typeof fetch, ...options }),
  };
}

/** What is set aside of an organisation's first budget, and what is spent. */
export async function booksOf(org: UsageOrg): Promise<{ held: bigint; actual: bigint }> {
  const [row] = await reader().query<{ held: bigint; actual: bigint }>(
    'SELECT held_nano AS held, actual_nano AS actual FROM budget_period WHERE org_id = $1 AND budget_id = $2',
    [org.orgId, org.budgets[0] ?? ''],
  );
  return row ?? { held: 0n, actual: 0n };
}

/** An organisation with a budget of so many dollars. */
export const anOrg = (amount = '1') => usageOrg([{ amount, workload: 'support-bot' }]);

/** What the spend of `aLeasingOrg` came to before. */
export const SPENT = 9_000_000_000n;

/** An organisation with a budget of $100 that gives leases, of which $9 were spent a moment ago: half a cent to a cent a second. */
export async function aLeasingOrg(): Promise<UsageOrg> {
  const org = await usageOrg([{ amount: '100', workload: 'support-bot', leases: true }]);
  const occurredAt = toIso(await readClock(reader()));
  const records = Array.from({ length: 9 }, () => aRecord(org, { occurredAt, units: { input: 0, output: 100_000 } }));
  await knock(ingestUsageDoor, org, { body: { records } });
  return org;
}
