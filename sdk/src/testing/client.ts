import { reader } from '@/lib/db';
import { authorizeDoor, releaseDoor, settleDoor } from '@/lib/spend/decide/doors';
import { type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { type Ask, Hardstop, type Options } from '../hardstop.js';

const DOORS = { authorize: authorizeDoor, settle: settleDoor, release: releaseDoor };
/** A call that may be made. */
export const ASK: Ask = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 1_000, output: 500 } };
/** What it is answered. */
export const ANSWER = { id: 'chatcmpl-1', model: 'gpt-4o', usage: { prompt_tokens: 900, completion_tokens: 60 } };
/** What ANSWER costs, and what ASK sets aside. */
export const COST = 900n * 2_500n + 60n * 10_000n;
export const HELD = 1_000n * 2_500n + 500n * 10_000n;

type Hears = (name: keyof typeof DOORS, times: number) => 'lost before' | 'lost after' | undefined;

/** A client whose requests come to our doors as they are sent; what it hears may be lost on the way there or back. */
export function clientOf(org: UsageOrg, hears: Hears = () => undefined, options: Partial<Options> = {}) {
  const heard: string[] = [];
  const send = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const request = new Request(input as string, init);
    const name = new URL(request.url).pathname.split('/').at(-1) as keyof typeof DOORS;
    heard.push(name);
    const fate = hears(name, heard.filter((each) => each === name).length);
    if (fate === 'lost before') throw new TypeError('fetch failed');
    const response = await DOORS[name].handle(request, {});
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
