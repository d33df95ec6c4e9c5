import { expect, it, vi } from 'vitest';
import { reader } from '@/lib/db';
import { authorizeDoor, releaseDoor, settleDoor } from '@/lib/spend/decide/doors';
import { type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { HardstopRejected, HardstopUnavailable, NotCalled, SpendBusy, SpendStopped } from './errors.js';
import { type Ask, Hardstop, type Options } from './hardstop.js';

useDatabase();

const DOORS = { authorize: authorizeDoor, settle: settleDoor, release: releaseDoor };
const ASK: Ask = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 1_000, output: 500 } };
const ANSWER = { id: 'chatcmpl-1', model: 'gpt-4o', usage: { prompt_tokens: 900, completion_tokens: 60 } };
/** What ANSWER costs, and what ASK sets aside. */
const COST = 900n * 2_500n + 60n * 10_000n;
const HELD = 1_000n * 2_500n + 500n * 10_000n;

type Hears = (name: keyof typeof DOORS, times: number) => 'lost before' | 'lost after' | undefined;

/** A client whose requests come to our doors as they are sent; what it hears may be lost on the way there or back. */
function clientOf(org: UsageOrg, hears: Hears = () => undefined, options: Partial<Options> = {}) {
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

async function booksOf(org: UsageOrg): Promise<{ held: bigint; actual: bigint }> {
  const [row] = await reader().query<{ held: bigint; actual: bigint }>(
    'SELECT held_nano AS held, actual_nano AS actual FROM budget_period WHERE org_id = $1 AND budget_id = $2',
    [org.orgId, org.budgets[0] ?? ''],
  );
  return row ?? { held: 0n, actual: 0n };
}

const anOrg = (amount = '1') => usageOrg([{ amount, workload: 'support-bot' }]);

it('a call that is allowed is made, and what it used is booked', async () => {
  const org = await anOrg();
  const { hardstop, heard } = clientOf(org);
  const answer = await hardstop.guard(ASK, async (allowed) => {
    expect(allowed).toMatchObject({ model: 'gpt-4o', maxUnits: { output: 500 } });
    expect(await booksOf(org)).toEqual({ held: HELD, actual: 0n });
    return ANSWER;
  });
  expect(answer).toBe(ANSWER);
  expect(heard).toEqual(['authorize', 'settle']);
  expect(await booksOf(org)).toEqual({ held: 0n, actual: COST });
});

it('a stop is thrown before the call, once, with what to show instead', async () => {
  const org = await anOrg('0.004');
  const { hardstop, heard } = clientOf(org);
  const call = vi.fn();
  const refused = await hardstop.guard(ASK, call).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SpendStopped);
  expect(refused).toMatchObject({ reason: 'too_large', fallback: null, denied: { largestUnits: expect.anything() } });
  expect(call).not.toHaveBeenCalled();
  expect(heard).toEqual(['authorize']);
});

it('busy says when to come again', async () => {
  const org = await anOrg('0.01');
  const { hardstop } = clientOf(org);
  await hardstop.guard(ASK, async () => {
    const refused = await hardstop.guard(ASK, () => ANSWER).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SpendBusy);
    expect((refused as SpendBusy).retryAfterMs).toBeGreaterThan(0);
    return ANSWER;
  });
});

it('a provider that was not called costs nothing; one that may have been stays set aside', async () => {
  const org = await anOrg();
  const { hardstop } = clientOf(org);
  const notCalled = hardstop.guard(ASK, () => {
    throw new NotCalled('It rained.');
  });
  await expect(notCalled).rejects.toThrow('It rained.');
  expect(await booksOf(org)).toEqual({ held: 0n, actual: 0n });
  await hardstop.guard(ASK, (allowed) => allowed.notCalled());
  expect(await booksOf(org)).toEqual({ held: 0n, actual: 0n });
  const failed = hardstop.guard(ASK, () => {
    throw new Error('socket hang up');
  });
  await expect(failed).rejects.toThrow('socket hang up');
  expect(await booksOf(org)).toEqual({ held: HELD, actual: 0n });
});

it('an answer that is lost is asked for again: one hold, one settlement', async () => {
  const org = await anOrg();
  const { hardstop, heard } = clientOf(org, (_, times) => (times === 1 ? 'lost after' : undefined));
  await hardstop.guard(ASK, () => ANSWER);
  expect(heard).toEqual(['authorize', 'authorize', 'settle', 'settle']);
  expect(await booksOf(org)).toEqual({ held: 0n, actual: COST });
  expect(await reader().query('SELECT FROM hold WHERE org_id = $1', [org.orgId])).toHaveLength(1);
});

it('while nobody can be asked no call is made', async () => {
  const { hardstop } = clientOf(await anOrg(), () => 'lost before');
  const call = vi.fn();
  await expect(hardstop.guard(ASK, call)).rejects.toBeInstanceOf(HardstopUnavailable);
  expect(call).not.toHaveBeenCalled();
});

it('what could not be booked is told, and stays set aside', async () => {
  const org = await anOrg();
  const onSettleFailed = vi.fn();
  const { hardstop } = clientOf(org, (name) => (name === 'settle' ? 'lost before' : undefined), { onSettleFailed });
  expect(await hardstop.guard(ASK, () => ANSWER)).toBe(ANSWER);
  expect(onSettleFailed).toHaveBeenCalledOnce();
  await hardstop.guard(ASK, () => 'an answer that says nothing');
  expect(onSettleFailed).toHaveBeenCalledTimes(2);
  expect(await booksOf(org)).toEqual({ held: 2n * HELD, actual: 0n });
});

it('a wrong key is said, not taken for an outage', async () => {
  const { hardstop, heard } = clientOf(await anOrg(), undefined, { apiKey: 'hs_live_wrong' });
  await expect(hardstop.guard(ASK, () => ANSWER)).rejects.toBeInstanceOf(HardstopRejected);
  expect(heard).toEqual(['authorize']);
});

async function* chunks(): AsyncGenerator<object> {
  yield { id: 'chatcmpl-1', model: 'gpt-4o', choices: [{ delta: { content: 'Hello' } }], usage: null };
  yield { id: 'chatcmpl-1', model: 'gpt-4o', choices: [], usage: ANSWER.usage };
}

it('a stream passes through and is settled when it ends', async () => {
  const org = await anOrg();
  const { hardstop } = clientOf(org);
  const seen: object[] = [];
  for await (const chunk of await hardstop.guard(ASK, () => chunks())) seen.push(chunk);
  expect(seen).toHaveLength(2);
  expect(await booksOf(org)).toEqual({ held: 0n, actual: COST });
});

it('a reader that leaves a stream early leaves its hold', async () => {
  const org = await anOrg();
  const { hardstop } = clientOf(org);
  for await (const _ of await hardstop.guard(ASK, () => chunks())) break;
  expect(await booksOf(org)).toEqual({ held: HELD, actual: 0n });
});

it("an AI SDK's stream is settled when its total is known", async () => {
  const org = await anOrg();
  const { hardstop } = clientOf(org);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  await hardstop.guard(ASK, () => ({ totalUsage: promise, response: Promise.resolve({ id: 'r', modelId: 'gpt-4o' }) }));
  expect(await booksOf(org)).toEqual({ held: HELD, actual: 0n });
  resolve({ inputTokens: 900, outputTokens: 60 });
  await expect.poll(() => booksOf(org), { interval: 5 }).toEqual({ held: 0n, actual: COST });
});
