import { expect, it } from 'vitest';
import { days, hours, type Instant, minus, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { useDatabase } from '@/scripts/testing/database';
import { burnUpOf } from '../burn-up/read';
import { readBudget } from '../read/budgets';
import { explainFigure } from '../read/figures';
import { budgetIn } from '../schema';

useDatabase();

const DOLLAR = 1_000_000_000n;
const at = (text: string) => parseInstant(text) as Instant;
const make = (org: TestOrg, part: Record<string, unknown> = {}, now = NOON) =>
  org.run((ctx) => makeBudget(ctx, budgetIn.parse({ name: 'Support', period: 'month', amount: '100', ...part })), now);
/** A dollar on each of the days that lie so many days before noon. */
const dollars = (ago: number[], part: Record<string, unknown> = {}) =>
  ago.map((day) => ({ nano: DOLLAR, at: minus(NOON, days(day)), ...part }));
const book = async (spends: Parameters<typeof bookUsage>[1], now = NOON) => {
  const org = await anOrg();
  await org.run((ctx) => bookUsage(ctx, spends), now);
  return org;
};
const last = (count: number) => Array.from({ length: count }, (_, day) => day);

it('goes on at the straight run rate under 14 days of data, and says when that reaches the stop', async () => {
  // Data begins twelve days ago at noon: $13.50 in 12 days. $14.25 is reached 16 hours later.
  const org = await book([...dollars([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]), { nano: (7n * DOLLAR) / 2n, at: minus(NOON, hours(1)) }]);
  const { id } = await make(org, { amount: '15' });
  const { forecast, crossing, caption } = await burnUpOf(org.ctx(NOON), id);
  expect(forecast).toMatchObject({ kind: 'run_rate', days: 12, track: null });
  expect(forecast?.points.at(-1)).toEqual({
    ...{ at: '2026-11-30T23:00:00Z', medianNanoUsd: '20765625000', lowNanoUsd: null, highNanoUsd: null },
  });
  expect(crossing).toEqual({ at: '2026-11-25T04:00:00Z', earliest: null, latest: null });
  expect((await readBudget(org.ctx(NOON), id)).current).toMatchObject({
    runwayAt: crossing?.at,
    forecast: { kind: 'run_rate', days: 12, endNanoUsd: '20765625000', lowNanoUsd: null, earliestAt: null },
  });
  expect(caption).toContain('the run rate of 12 days, without a band, which takes 14 whole days');
});

/** Two months of a dollar a working day and a fifth of it at weekends, told every noon by one source until `until`. */
async function twoMonths(until = NOON) {
  const spends = Array.from({ length: 60 }, (_, i) => plus(at('2026-09-25T10:00:00Z'), days(i)))
    .filter((day) => day <= until)
    .map((day) => ({ nano: [0, 6].includes(new Date(toIso(day)).getUTCDay()) ? DOLLAR / 5n : DOLLAR, at: day }));
  return book(spends);
}
const heard = (org: TestOrg, last: Instant) =>
  org
    .ctx()
    .tx.query(`INSERT INTO usage_source (org_id, source, api_key_id, last_occurred_at, last_received_at) VALUES ($1, 'api', 'k', $2, $2)`, [
      org.orgId,
      toIso(last),
    ]);

it('forecasts from 14 days of data on: by weekday, with a band, one figure for the picture, the budget and its runway', async () => {
  const org = await twoMonths();
  const { id } = await make(org, { amount: '19' });
  const burnUp = await burnUpOf(org.ctx(NOON), id);
  const { current } = await readBudget(org.ctx(NOON), id);
  // $16.60 until Monday 23 included; half of Tuesday, then Wednesday to Friday, a weekend, a Monday: 0.4583 + 3 + 0.4 + 1.
  const end = burnUp.forecast?.points.at(-1);
  expect(burnUp.forecast).toMatchObject({ kind: 'band', days: 59, track: { daysAhead: 7, forecasts: 31 } });
  expect(Number(end?.medianNanoUsd)).toBeCloseTo(Number(current.chargedNanoUsd) + (11 / 24 + 4.4) * 1e9, -7);
  expect(current.forecast).toMatchObject({
    ...{ kind: 'band', endNanoUsd: end?.medianNanoUsd, lowNanoUsd: end?.lowNanoUsd, highNanoUsd: end?.highNanoUsd },
  });
  expect(current.runwayAt).not.toBeNull();
  expect(burnUp.crossing).toEqual({ at: current.runwayAt, earliest: current.forecast?.earliestAt, latest: current.forecast?.latestAt });
  expect(await explainFigure(org.ctx(NOON), id, 'runwayAt')).toMatchObject({
    value: current.runwayAt,
    formula: expect.stringContaining('mean of seasonal naive'),
  });
  expect(burnUp.pins.map(({ label }) => label)).toContain('Stop 95\u00a0% due');
  expect(burnUp.caption).toMatch(/80.% band.*Replayed, \d+ of the last 31 forecasts 7 days ahead held/);
});

it('is not said by the day where no rollup keeps the scope: the run rate stands in', async () => {
  const both = { tags: { env: 'prod' }, customer: 'acme' };
  const org = await book(dollars(last(40), both));
  const { id } = await make(org, { scope: both });
  expect((await burnUpOf(org.ctx(NOON), id)).forecast).toMatchObject({ kind: 'run_rate' });
  const byCustomer = await make(org, { scope: { customer: 'acme' } });
  expect((await burnUpOf(org.ctx(NOON), byCustomer.id)).forecast).toMatchObject({ kind: 'band' });
});

it('breaks off where every source has gone silent, and expects what is missing', async () => {
  const silent = minus(NOON, days(2));
  const org = await twoMonths(silent);
  const { id } = await make(org);
  await heard(org, silent);
  const { gaps, points, forecast, caption, silentSince } = await burnUpOf(org.ctx(NOON), id);
  expect(silentSince).toBe(toIso(silent));
  expect(caption).toContain('what is missing is expected from there on, not left out');
  expect(gaps).toEqual([{ from: toIso(silent), to: toIso(NOON), source: 'api' }]);
  expect(points.at(-1)).toMatchObject({ at: toIso(silent), complete: false });
  // The forecast begins where data ends: Sunday evening and Monday are expected, not zero.
  expect(forecast?.points[0]?.at).toBe('2026-11-22T23:00:00Z');
  expect(Number(forecast?.points[1]?.medianNanoUsd) - Number(forecast?.points[0]?.medianNanoUsd)).toBeCloseTo(1e9, -7);
});

it('names days within the period that no source told of', async () => {
  const org = await book(dollars(last(40).filter((day) => day !== 5 && day !== 6)));
  const { id } = await make(org);
  await heard(org, NOON);
  const burnUp = await burnUpOf(org.ctx(NOON), id);
  expect(burnUp).toMatchObject({ silentSince: null, caption: expect.stringContaining('would come on top') });
  expect(burnUp.gaps).toEqual([{ from: '2026-11-17T23:00:00Z', to: '2026-11-19T23:00:00Z', source: 'api' }]);
});
