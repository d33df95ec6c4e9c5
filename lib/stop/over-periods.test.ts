import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, type Instant, minus, minutes, parseInstant, plus } from '@/lib/kernel/instant';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, DOLLAR, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

/** Where the organisation's Wednesday and its December begin: it lives in Berlin. */
const WEDNESDAY = parseInstant('2026-11-24T23:00:00Z') as Instant;
const DECEMBER = parseInstant('2026-11-30T23:00:00Z') as Instant;
const AHEAD = { at: plus(WEDNESDAY, minutes(3)) };
const TUESDAY_LATE = minus(WEDNESDAY, minutes(2));

it('a stopped month stays stopped in the next', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 10n * DOLLAR);
  const [stop] = await openStops(org);
  for (const at of [DECEMBER, plus(DECEMBER, days(40))]) {
    expect(await ask(org, {}, at)).toMatchObject({ decision: 'deny', reason: 'stopped', stopId: stop?.id });
    expect((await read(org, id, at)).current).toMatchObject({ actualNanoUsd: '0', stopId: stop?.id });
  }
  expect(await openStops(org)).toHaveLength(1);
});

it('a month begun early by a clock that runs ahead is stopped with the one that runs', async () => {
  const org = await anOrg();
  await made(org);
  await spend(org, DOLLAR, { at: plus(DECEMBER, minutes(3)) }, minus(DECEMBER, minutes(2)));
  await spend(org, 10n * DOLLAR, {}, minus(DECEMBER, minutes(1)));
  expect(await ask(org, {}, DECEMBER)).toMatchObject({ decision: 'deny', reason: 'stopped' });
  expect(await openStops(org)).toHaveLength(1);
});

it('a day is not lifted before it ends, though a clock that runs ahead has begun the next', async () => {
  const org = await anOrg();
  const { id } = await made(org, { period: 'day' });
  await spend(org, 10n * DOLLAR);
  await spend(org, DOLLAR, AHEAD, TUESDAY_LATE);
  const [stop] = await openStops(org);
  expect(await ask(org, {}, TUESDAY_LATE)).toMatchObject({ decision: 'deny', reason: 'stopped', stopId: stop?.id });
  expect((await read(org, id, TUESDAY_LATE)).current.stopId).toBe(stop?.id);
  expect(await ask(org, {}, WEDNESDAY)).toMatchObject({ decision: 'allow' });
  await expectTrue(org);
});

it('a day begun early starts without the stop that its eve ends with, and has its own', async () => {
  const org = await anOrg();
  const { id } = await made(org, { period: 'day' });
  await spend(org, DOLLAR, AHEAD, TUESDAY_LATE);
  await spend(org, 10n * DOLLAR, {}, minus(WEDNESDAY, minutes(1)));
  expect(await ask(org, {}, minus(WEDNESDAY, minutes(1)))).toMatchObject({ decision: 'deny', reason: 'stopped' });
  expect(await ask(org, {}, WEDNESDAY)).toMatchObject({ decision: 'allow' });
  expect((await read(org, id, WEDNESDAY)).current.stopId).toBeNull();
  await spend(org, 10n * DOLLAR, {}, plus(WEDNESDAY, minutes(5)));
  expect(await ask(org, {}, plus(WEDNESDAY, minutes(6)))).toMatchObject({ decision: 'deny', reason: 'stopped' });
  const stops = await reader().query('SELECT lifted_at IS NULL AS open FROM stop WHERE org_id = $1 ORDER BY raised_at', [org.orgId]);
  expect(stops).toEqual([{ open: false }, { open: true }]);
});

it('a period that has ended raises no stop, whatever comes late', async () => {
  const org = await anOrg();
  const { id } = await made(org, { period: 'day' });
  const later = plus(NOON, days(2));
  await read(org, id, later);
  await spend(org, 20n * DOLLAR, { at: NOON }, later);
  expect(await openStops(org)).toEqual([]);
  await expectTrue(org);
});
