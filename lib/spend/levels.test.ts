import { expect, it } from 'vitest';
import { budgetChange } from '@/lib/budget/schema';
import { thresholdsIn } from '@/lib/budget/threshold/schema';
import { reader } from '@/lib/db';
import { liftStop } from '@/lib/stop/lift';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ANSWERED, at, firingsOf, noticesOf, openBreaches } from '@/lib/testing/breaches';
import { ask, changed, DOLLAR, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { setThresholds } from './limit/set-thresholds';

useDatabase();

const CENT = DOLLAR / 100n;

it('a level fires once a period, however spend goes on above it', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 5n * DOLLAR - 1n);
  expect(await firingsOf(org, id)).toEqual([]);
  await spend(org, 1n);
  for (let i = 0; i < 5; i++) await spend(org, CENT);
  expect(await firingsOf(org, id)).toEqual([{ at: 0.5, rearmed: false, observed: false }]);
  // Spend taken back and spent again passes the level a second time.
  await spend(org, 3n * DOLLAR);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([0.5, 0.8]);
  expect(await noticesOf(org, 'level.reached')).toHaveLength((await noticesOf(org, 'level.reached')).length);
  const december = at(NOON, 60 * 24 * 8);
  await spend(org, 5n * DOLLAR, {}, december);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([0.5, 0.8, 0.5]);
  await expectTrue(org);
});

it('a level that one charge jumps over fires with the one above it', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 20n * DOLLAR);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([0.5, 0.8]);
  expect(await openStops(org)).toHaveLength(1);
});

it('levels at, above and far above the amount fire, with the stop past', async () => {
  const org = await anOrg();
  const thresholds = [
    { at: 1, kind: 'notify' },
    { at: 1.2, kind: 'notify' },
    { at: 10, kind: 'notify' },
    { at: 0.95, kind: 'stop' },
  ];
  const { id } = await made(org, { thresholds });
  await spend(org, 10n * DOLLAR - 1n);
  expect(await firingsOf(org, id)).toEqual([]);
  await spend(org, 1n);
  await spend(org, 2n * DOLLAR);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([1, 1.2]);
  await spend(org, 88n * DOLLAR);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([1, 1.2, 10]);
});

it('a budget of nothing has reached all its levels when it is made', async () => {
  const org = await anOrg();
  const { id } = await made(org, { amount: '0' });
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([0.5, 0.8]);
  await spend(org, DOLLAR);
  expect(await firingsOf(org, id)).toHaveLength(2);
});

it('a level fires with a grant open, and again not when it is used up', async () => {
  const org = await anOrg();
  const thresholds = [
    { at: 0.9, kind: 'notify' },
    { at: 0.98, kind: 'notify' },
    { at: 0.95, kind: 'stop' },
  ];
  const { id } = await made(org, { thresholds });
  await spend(org, CENT);
  await reader().query('UPDATE budget_period SET granted_nano = $2, grants = 1 WHERE budget_id = $1', [id, (4n * DOLLAR) / 10n]);
  await spend(org, (98n * DOLLAR) / 10n);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([0.9, 0.98]);
  expect(await openStops(org)).toEqual([]);
  await spend(org, DOLLAR);
  expect(await openStops(org)).toHaveLength(1);
  expect(await firingsOf(org, id)).toHaveLength(2);
});

it('a changed amount arms the levels again, and one that is reached at the new amount fires with the change', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 6n * DOLLAR);
  await changed(org, id, { amount: '20' });
  expect(await firingsOf(org, id)).toEqual([{ at: 0.5, rearmed: true, observed: false }]);
  await spend(org, 4n * DOLLAR);
  expect((await firingsOf(org, id)).map((each) => each.rearmed)).toEqual([true, false]);
  await changed(org, id, { amount: '12' });
  expect((await firingsOf(org, id)).filter((each) => !each.rearmed).map((each) => each.at)).toEqual([0.5, 0.8]);
  // Another name is no other amount.
  await changed(org, id, { name: 'Other' });
  expect(await firingsOf(org, id)).toHaveLength(4);
});

it('a lifted stop arms the levels again, each once', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 10n * DOLLAR);
  const december = at(NOON, 60 * 24 * 8);
  await spend(org, 6n * DOLLAR, {}, december);
  const [stop] = await openStops(org);
  await org.run((ctx) => liftStop(ctx, { stopId: stop?.id ?? '', why: 'December.' }), december);
  for (let i = 0; i < 3; i++) await spend(org, CENT, {}, december);
  expect((await firingsOf(org, id)).map(({ at: level, rearmed }) => [level, rearmed])).toEqual([
    [0.5, true],
    [0.8, true],
    [0.5, true],
    [0.5, false],
  ]);
});

it('a level set below what is charged fires when it is set, one that stays does not fire again', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 7n * DOLLAR);
  const items = [
    { at: 0.5, kind: 'notify' },
    { at: 0.6, kind: 'notify' },
    { at: 0.95, kind: 'stop' },
  ];
  await org.run((ctx) => setThresholds(ctx, { budgetId: id, ifMatch: null, ...thresholdsIn.parse({ items }) }), NOON);
  expect((await firingsOf(org, id)).map((each) => each.at)).toEqual([0.5, 0.6]);
});

it('a hold set aside fires nothing: only what is charged does', async () => {
  const org = await anOrg();
  const { id } = await made(org, {
    amount: '0.01',
    thresholds: [
      { at: 0.5, kind: 'notify' },
      { at: 0.95, kind: 'stop' },
    ],
  });
  expect(await ask(org)).toMatchObject({ decision: 'allow' });
  expect(await firingsOf(org, id)).toEqual([]);
});

it('a budget that observes tells and does nothing; when it enforces, what is reached is done', async () => {
  const org = await anOrg();
  const { id } = await made(org, { mode: 'observe', thresholds: ANSWERED });
  await spend(org, 9n * DOLLAR);
  expect((await firingsOf(org, id)).map(({ at: level, observed }) => [level, observed])).toEqual([
    [0.5, true],
    [0.8, true],
  ]);
  expect(await openBreaches(org)).toEqual([]);
  expect((await noticesOf(org, 'level.reached')).length).toBeGreaterThan(0);
  await changed(org, id, budgetChange.parse({ mode: 'enforce' }));
  expect(await openBreaches(org)).toMatchObject([{ budgetId: id, cause: 'level', level: 0.8, phase: 'open' }]);
});

it('what comes late for a period that is over, and what comes early for one not begun, fires nothing', async () => {
  const org = await anOrg();
  const { id } = await made(org, { period: 'day' });
  const later = at(NOON, 60 * 48);
  await read(org, id, later);
  await spend(org, 6n * DOLLAR, { at: NOON }, later);
  expect(await firingsOf(org, id)).toEqual([]);
});
