import { expect, it } from 'vitest';
import { days, hours, type Instant, minus, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { useDatabase } from '@/scripts/testing/database';
import { explainFigure } from '../read/figures';
import { budgetHistory } from '../read/history';
import { refusalsOf } from '../read/refusals';
import { budgetChange, budgetIn } from '../schema';
import { burnUpOf } from './read';

useDatabase();

const DOLLAR = 1_000_000_000n;
const at = (text: string) => parseInstant(text) as Instant;
const make = (org: TestOrg, part: Record<string, unknown> = {}, now = NOON) =>
  org.run((ctx) => makeBudget(ctx, budgetIn.parse({ name: 'Support', period: 'month', amount: '100', ...part })), now);
/** A dollar at noon of each of the first ten days of November, then $2.50 this morning. */
const aMonth = async (part: Record<string, unknown> = {}) => {
  const org = await anOrg();
  const spends = Array.from({ length: 10 }, (_, i) => ({ nano: DOLLAR, at: plus(at('2026-11-01T11:00:00Z'), days(i)), ...part }));
  await org.run((ctx) => bookUsage(ctx, [...spends, { nano: (5n * DOLLAR) / 2n, at: minus(NOON, hours(2)), ...part }]), NOON);
  return org;
};

it.each([
  ['everything', {}, {}],
  ['one workload', { scope: { workload: 'support-bot' } }, {}],
  ['a customer', { scope: { customer: 'acme' } }, { customer: 'acme' }],
  ['a tag that is not registered', { scope: { tags: { env: 'prod' } } }, { tags: { env: 'prod' } }],
  ['two labels at once', { scope: { tags: { env: 'prod' }, customer: 'acme' } }, { tags: { env: 'prod' }, customer: 'acme' }],
  [
    'a model that another one answered for',
    { scope: { model: 'gpt-4o' } },
    { askedProvider: 'openai', askedModel: 'gpt-4o', model: 'gpt-4o-mini' },
  ],
])('is cumulative by local day, its last point the figure of now: %s', async (_, part, spent) => {
  const org = await aMonth(spent);
  const { id, current } = await make(org, part);
  const burnUp = await burnUpOf(org.ctx(NOON), id);
  expect(burnUp).toMatchObject({
    startsAt: '2026-10-31T23:00:00Z',
    endsAt: '2026-11-30T23:00:00Z',
    zone: 'Europe/Berlin',
    stoppedAt: null,
    gaps: [],
  });
  expect(burnUp.points).toHaveLength(24);
  expect(burnUp.points.slice(0, 2)).toEqual([
    { at: '2026-11-01T23:00:00Z', actualNanoUsd: '1000000000', complete: true },
    { at: '2026-11-02T23:00:00Z', actualNanoUsd: '2000000000', complete: true },
  ]);
  expect(burnUp.points[22]).toEqual({ at: '2026-11-23T23:00:00Z', actualNanoUsd: '10000000000', complete: true });
  expect(burnUp.points[23]).toEqual({ at: toIso(NOON), actualNanoUsd: current.actualNanoUsd, complete: false });
  expect(current.actualNanoUsd).toBe('12500000000');
});

it('never redraws its lines: a new amount is a step, with a pin', async () => {
  const org = await aMonth();
  const { id } = await make(org);
  const later = plus(NOON, hours(1));
  await org.run((ctx) => changeBudget(ctx, { id, ifMatch: null, change: budgetChange.parse({ amount: '13', confirm: true }) }), later);
  const burnUp = await burnUpOf(org.ctx(plus(later, hours(1))), id);
  expect(burnUp.lines.map(({ kind, nanoUsd }) => [kind, nanoUsd])).toEqual([
    ['notify', '6500000000'],
    ['contain', '10400000000'],
    ['stop', '12350000000'],
    ['amount', '13000000000'],
  ]);
  expect(burnUp.lines[3]?.steps).toEqual([
    { from: burnUp.startsAt, nanoUsd: '100000000000' },
    { from: toIso(later), nanoUsd: '13000000000' },
  ]);
  expect(burnUp.pins.map(({ kind, label }) => [kind, label])).toContainEqual(['amount', 'Amount moved from $100.00 to $13.00']);
  expect(burnUp.pins.map(({ kind }) => kind)).toContain('stop');
  expect(burnUp).toMatchObject({ stoppedAt: toIso(later), forecast: null, crossing: null });
});

it('is by the hour for a day, and empty before fixed dates begin', async () => {
  const org = await aMonth();
  const day = await make(org, { period: 'day' });
  const { points } = await burnUpOf(org.ctx(NOON), day.id);
  expect(points).toHaveLength(14);
  expect(points.slice(-3).map((each) => [each.actualNanoUsd, each.complete])).toEqual([
    ['2500000000', true],
    ['2500000000', true],
    ['2500000000', false],
  ]);
  const later = await make(org, { period: { startsAt: '2026-12-01T00:00:00Z', endsAt: '2026-12-11T00:00:00Z' } });
  expect(await burnUpOf(org.ctx(NOON), later.id)).toMatchObject({ points: [], forecast: null });
});

it('explains a figure: formula, parts, rows, prices, freshness', async () => {
  const org = await aMonth();
  const { id } = await make(org);
  const by = { keyId: org.keys['spend:authorize'].id, pins: { tags: {} } };
  await decideTogether(org.orgId, [{ ...by, kind: 'authorize', request: anAsk() }], NOON);
  expect(await explainFigure(org.ctx(NOON), id, 'charged')).toMatchObject({
    ...{
      value: '12500000000',
      unit: 'nanoUsd',
      formula: 'actual + presumed + unpriced',
      rows: { of: 'ledger', count: 11 },
      freshAt: toIso(NOON),
    },
    ...{
      parts: [
        { name: 'actual', nanoUsd: '12500000000' },
        { name: 'presumed', nanoUsd: '0' },
        { name: 'unpricedUpper', nanoUsd: '0' },
      ],
    },
    prices: [{ ref: 'catalogue:test', rows: 11 }],
  });
  expect(await explainFigure(org.ctx(NOON), id, 'held')).toMatchObject({ value: '7500000', rows: { of: 'holds', count: 1 } });
  expect(await explainFigure(org.ctx(NOON), id, 'utilisation')).toMatchObject({ value: '0.125', unit: 'ratio' });
  expect(await explainFigure(org.ctx(NOON), id, 'runwayAt')).toMatchObject({ value: null, unit: 'time' });
});

it('counts what it has refused and what it would have, and keeps its history', async () => {
  const org = await anOrg();
  const { id } = await make(org, { amount: '0', mode: 'observe' });
  const ask = (customer: string) =>
    decideTogether(
      org.orgId,
      [{ kind: 'authorize', keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, request: anAsk({ customer }) }],
      NOON,
    );
  for (const customer of ['acme', 'acme', 'globex']) await ask(customer);
  const span = { from: minus(NOON, hours(1)), to: plus(NOON, hours(1)) };
  expect(await refusalsOf(org.ctx(NOON), id, span)).toMatchObject({
    refused: { calls: 0, customers: 0 },
    wouldHaveRefused: { calls: 3, customers: 2, askedNanoUsd: '22500000', byReason: [{ reason: 'stopped', calls: 3 }] },
  });
  const history = await budgetHistory(org.ctx(NOON), id);
  expect(history).toMatchObject({ periods: [{ amountNanoUsd: '0' }], limitChanges: [{ amountNanoUsd: '0' }], stops: [{ observed: true }] });
  expect(history.changes.map((each) => each.action)).toEqual(['budget.created']);
});
