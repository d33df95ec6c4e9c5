import { expect, it } from 'vitest';
import { listBreaches } from '@/lib/breach/read/breaches';
import { days, minus, minutes, plus } from '@/lib/kernel/instant';
import { stopByHand } from '@/lib/spend/limit/stop-by-hand';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { bookUsage, type Spend } from '@/lib/testing/book-usage';
import { made } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { readSignals } from './read';
import { signalsOf } from './rules';

useDatabase();

const CUSTOMERS = ['acme', 'globex', 'initech', 'umbrella'];
const OPENED = plus(NOON, minutes(1));

/** A workload that for a week has had forty calls at this hour, ten of each customer; then a breach by hand. */
async function breached(lastHour: Partial<Spend>[]): Promise<{ org: TestOrg; id: string }> {
  const org = await anOrg();
  const thresholds = [{ at: 0.95, kind: 'stop', mustAnswer: true }];
  const { id: budgetId } = await made(org, { amount: '1000.00', thresholds });
  const call = (part: Partial<Spend>): Spend => ({ nano: 1_000n, units: { input: 10, output: 100 }, ...part });
  const week = Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 40 }, (_, n) =>
      call({ customer: CUSTOMERS[n % 4] as string, at: minus(minus(NOON, minutes(20)), days(day + 1)) }),
    ),
  ).flat();
  await org.run((ctx) => bookUsage(ctx, [...week, ...lastHour.map((part) => call({ at: minus(NOON, minutes(20)), ...part }))]), NOON);
  await org.run((ctx) => stopByHand(ctx, { budgetId, reason: 'odd' }), OPENED);
  const { items } = await listBreaches(org.ctx(OPENED), { limit: 5 } as never);
  return { org, id: items[0]?.id ?? '' };
}

const signals = async (lastHour: Partial<Spend>[]) => {
  const { org, id } = await breached(lastHour);
  return readSignals(org.ctx(OPENED), id);
};
const many = (count: number, part: Partial<Spend> = {}): Partial<Spend>[] =>
  Array.from({ length: count }, (_, n) => ({ customer: CUSTOMERS[n % 4] as string, ...part }));

it('one customer out of all proportion looks like an injection', async () => {
  expect(await signals([...many(10), ...many(60, { customer: 'acme' })])).toEqual({
    looksLike: true,
    signals: [{ key: 'customer', say: 'acme made 90\u00a0% of the calls of that hour; usually 25\u00a0%.' }],
  });
});

it('more calls alone do not, longer answers alone do not, both do', async () => {
  expect((await signals(many(240))).looksLike).toBe(false);
  expect((await signals(many(40, { units: { input: 10, output: 300 } }))).looksLike).toBe(false);
  const both = await signals(many(240, { units: { input: 10, output: 300 } }));
  expect([both.looksLike, both.signals.map((each) => each.key)]).toEqual([true, ['longer', 'more']]);
});

it('an hour like any other, a quiet one, and a workload without a past look like nothing', () => {
  const usual = { calls: 40, output: 4_000, ofCustomer: 10 };
  expect(signalsOf({ customer: 'acme', now: usual, usual })).toEqual({ looksLike: false, signals: [] });
  expect(signalsOf({ customer: 'acme', now: { calls: 19, output: 90_000, ofCustomer: 19 }, usual })).toEqual({
    looksLike: false,
    signals: [],
  });
  expect(signalsOf({ customer: 'acme', now: usual, usual: { calls: 0, output: 0, ofCustomer: 0 } })).toEqual({
    looksLike: false,
    signals: [],
  });
});
