import { expect, it } from 'vitest';
import { budgetIn } from '@/lib/budget/schema';
import { reader } from '@/lib/db';
import { days, plus } from '@/lib/kernel/instant';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, decided, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { makeBudget } from './make-budget';

useDatabase();

it('a budget made while calls come in misses none of them and counts none twice', async () => {
  const org = await anOrg();
  const first = await made(org, { scope: {}, amount: '1000' });
  const calls = Array.from({ length: 40 }, async (_, i) => {
    await spend(org, DOLLAR);
    const { holdId = '' } = await ask(org);
    if (i % 2 === 0) await decided(org, { kind: 'settle', request: { holdId, units: { input: 400, output: 100 } } });
  });
  const later = Array.from({ length: 4 }, () => made(org, { scope: {}, amount: '1000' }));
  const moved = changed(org, first.id, { amount: '900' });
  const budgets = await Promise.all(later);
  await Promise.all([...calls, moved]);
  for (const { id } of [first, ...budgets]) {
    expect((await read(org, id)).current).toMatchObject({ actualNanoUsd: '40040000000', heldNanoUsd: '150000000', calls: 60 });
  }
  await expectTrue(org);
});

it('of two people who edit at the same moment one wins and the other is told', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  const both = await Promise.allSettled([changed(org, id, { name: 'Ada' }, 1), changed(org, id, { name: 'Bob' }, 1)]);
  expect(both.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'etag.mismatch' } });
});

it('a day begins with nothing spent, its stop of yesterday gone, before anyone has needed it', async () => {
  const org = await anOrg();
  const { id } = await made(org, { period: 'day' });
  await spend(org, 10n * DOLLAR);
  expect(await openStops(org)).toHaveLength(1);
  const tomorrow = plus(NOON, days(1));
  expect((await read(org, id, tomorrow)).current).toMatchObject({ actualNanoUsd: '0', stopId: null, startsAt: '2026-11-24T23:00:00Z' });
  expect(await ask(org, {}, tomorrow)).toMatchObject({ decision: 'allow' });
  expect(await openStops(org)).toEqual([]);
});

it('amounts in another currency are turned into dollars by the rate of the period, for as long as it runs', async () => {
  const org = await anOrg();
  const rate = (nano: bigint) =>
    reader().query(
      `INSERT INTO currency_rate (org_id, currency, nano_usd_per_unit, set_at, set_by, created_at) VALUES ($1, 'EUR', $2, $3, 'test', $3)
       ON CONFLICT (org_id, currency) DO UPDATE SET nano_usd_per_unit = $2`,
      [org.orgId, nano, '2026-01-01T00:00:00Z'],
    );
  await rate(1_100_000_000n);
  const input = budgetIn.parse({ name: 'Euros', period: 'month', amount: '10', currency: 'EUR' });
  const { id, current } = await org.run((ctx) => makeBudget(ctx, input), NOON);
  expect(current.amountNanoUsd).toBe('11000000000');
  await rate(1_200_000_000n);
  expect((await changed(org, id, { amount: '20' })).current.amountNanoUsd).toBe('22000000000');
  expect((await read(org, id, plus(NOON, days(10)))).current.amountNanoUsd).toBe('24000000000');
});
