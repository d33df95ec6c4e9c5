import { expect, it, vi } from 'vitest';
import { reader } from '@/lib/db';
import { useDatabase } from '@/scripts/testing/database';
import { HardstopRejected, NotCalled } from './errors.js';
import { aLeasingOrg, anOrg, booksOf, clientOf, SPENT } from './testing/client.js';

useDatabase();

const PURPOSE = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o' };
const UNITS = { input: 100, output: 50 };
/** What a call of UNITS costs at most, and what one with 10 tokens out costs. */
const BOUND = 100n * 2_500n + 50n * 10_000n;
const USED = { input: 100, output: 10 };
const COST = 100n * 2_500n + 10n * 10_000n;
const answer = () => ({ id: crypto.randomUUID(), model: 'gpt-4o', usage: { prompt_tokens: 100, completion_tokens: 10 } });

it('calls are decided here, each is booked, and the rest goes back', async () => {
  const org = await aLeasingOrg();
  const { hardstop, heard } = clientOf(org);
  const lease = await hardstop.lease(PURPOSE);
  for (let i = 0; i < 4; i++) {
    const got = await lease.guard({ maxUnits: UNITS }, (allowed) => {
      expect(allowed).toMatchObject({ model: 'gpt-4o', maxUnits: UNITS, heldNanoUsd: String(BOUND) });
      return answer();
    });
    expect(got.model).toBe('gpt-4o');
  }
  expect(heard).toEqual(['leases']);
  await lease.close();
  expect(heard).toEqual(['leases', 'settle lease', 'end lease']);
  expect(await booksOf(org)).toEqual({ held: 0n, actual: SPENT + 4n * COST });
  const rows = await reader().query("SELECT FROM ledger_entry WHERE org_id = $1 AND kind = 'settlement' AND calls = 1", [org.orgId]);
  expect(rows).toHaveLength(4);
});

it('never decides on more than it holds: what does not fit is asked for', async () => {
  const org = await aLeasingOrg();
  // Settlements do not arrive: it is not filled up meanwhile.
  const { hardstop, heard } = clientOf(org, (name) => (name === 'settle lease' ? 'lost before' : undefined));
  const lease = await hardstop.lease({ ...PURPOSE, amountNanoUsd: String(3n * BOUND) });
  const taken = [1, 2, 3].map(() => lease.take(UNITS));
  expect(taken.every(Boolean)).toBe(true);
  expect(lease.take(UNITS)).toBeNull();
  expect(lease.take({ input: 1, output: 0, 'tool_call:of_no_price': 1 })).toBeNull();
  await lease.guard({ maxUnits: UNITS }, answer);
  expect(heard.filter((each) => each === 'authorize')).toHaveLength(1);
  taken[0]?.notCalled();
  expect(lease.take(UNITS)).not.toBeNull();
  // Its ends count once.
  taken[0]?.notCalled();
  expect(lease.take(UNITS)).toBeNull();
  await lease.close();
});

it('is filled up every second, and whenever it is used up', async () => {
  const org = await aLeasingOrg();
  const { hardstop, heard } = clientOf(org);
  const lease = await hardstop.lease({ ...PURPOSE, amountNanoUsd: String(BOUND) });
  for (let i = 0; i < 6; i++) {
    await vi.waitFor(() => {
      const taken = lease.take(UNITS);
      expect(taken).not.toBeNull();
      taken?.used({ units: USED });
    });
  }
  expect(heard.filter((each) => each === 'settle lease').length).toBeGreaterThan(3);
  expect(heard).not.toContain('authorize');
  await lease.close();
  expect(await booksOf(org)).toEqual({ held: 0n, actual: SPENT + 6n * COST });
});

it('a settlement whose answer is lost is sent again, and books once', async () => {
  const org = await aLeasingOrg();
  const { hardstop } = clientOf(org, (name, times) =>
    name !== 'settle lease' ? undefined : times === 1 ? 'lost before' : times === 2 ? 'lost after' : undefined,
  );
  const lease = await hardstop.lease(PURPOSE);
  for (let i = 0; i < 3; i++) {
    await lease.guard({ maxUnits: UNITS }, answer);
    await new Promise((done) => setTimeout(done, 1_100));
  }
  await lease.close();
  expect(await booksOf(org)).toEqual({ held: 0n, actual: SPENT + 3n * COST });
}, 20_000);

it('a provider that was not called costs nothing; what nobody knows is presumed to have used all', async () => {
  const org = await aLeasingOrg();
  const { hardstop } = clientOf(org);
  const lease = await hardstop.lease(PURPOSE);
  const fail = (error: Error) => lease.guard({ maxUnits: UNITS }, () => Promise.reject(error));
  await expect(fail(new NotCalled('It rained.'))).rejects.toThrow('It rained.');
  await expect(fail(new Error('socket hang up'))).rejects.toThrow('socket hang up');
  await lease.guard({ maxUnits: UNITS }, () => 'an answer that says nothing');
  await lease.close();
  expect(await booksOf(org)).toEqual({ held: 0n, actual: SPENT });
  const [{ presumed } = { presumed: 0n }] = await reader().query<{ presumed: bigint }>(
    'SELECT sum(presumed_nano)::int8 AS presumed FROM budget_period WHERE org_id = $1',
    [org.orgId],
  );
  expect(presumed).toBe(2n * BOUND);
});

it('where there is no lease to be had every call is asked for; where there never is, that is said', async () => {
  const { hardstop, heard } = clientOf(await anOrg());
  const lease = await hardstop.lease(PURPOSE);
  expect(lease.take(UNITS)).toBeNull();
  await lease.guard({ maxUnits: UNITS }, answer);
  expect(heard).toEqual(['leases', 'authorize', 'settle']);
  await lease.close();
  const wrong = clientOf(await anOrg(), undefined, { apiKey: 'hs_live_wrong' }).hardstop;
  await expect(wrong.lease(PURPOSE)).rejects.toBeInstanceOf(HardstopRejected);
});
