import { expect, it, vi } from 'vitest';
import { reader } from '@/lib/db';
import { useDatabase } from '@/scripts/testing/database';
import { HardstopRejected, HardstopUnavailable, NotCalled, SpendBusy, SpendStopped } from './errors.js';
import { ANSWER, ASK, anOrg, booksOf, COST, clientOf, HELD } from './testing/client.js';

useDatabase();

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
