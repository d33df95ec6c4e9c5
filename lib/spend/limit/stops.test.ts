import { expect, it } from 'vitest';
import { getBudgetDoor } from '@/lib/budget/doors';
import { budgetIn } from '@/lib/budget/schema';
import { transaction } from '@/lib/db';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { liftStopDoor } from '@/lib/recovery/stage/doors';
import { recomputePeriods } from '@/lib/spend/recompute';
import { getStopDoor, listStopsDoor } from '@/lib/stop/doors';
import { anOrg, type TestOrg, type Who } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { ask } from '@/lib/testing/budgets';
import { standClock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { changeBudgetDoor, setThresholdsDoor, stopByHandDoor } from './doors';
import { makeBudget } from './make-budget';

useDatabase();
const setClock = standClock();

const DOLLAR = 1_000_000_000n;
const make = (org: TestOrg, part: Record<string, unknown> = {}) =>
  org.run((ctx) => makeBudget(ctx, budgetIn.parse({ name: 'Support', period: 'month', amount: '10.00', ...part })), NOON);
const spend = (org: TestOrg, nano: bigint, now = NOON) => org.run((ctx) => bookUsage(ctx, [{ nano }]), now);
const json = async (response: Promise<Response>): Promise<Record<string, unknown>> => {
  const answered = await response;
  return { status: answered.status, ...((await answered.json()) as object) };
};
const stop = (org: TestOrg, id: string, who: Who = 'operator') =>
  json(org.ask(stopByHandDoor, who, { params: { id }, body: { reason: 'A loop' } }));
const lift = (org: TestOrg, id: unknown, who: Who = 'operator') =>
  json(org.ask(liftStopDoor, who, { params: { id: String(id) }, body: { why: 'Mended' } }));
const thresholds = (org: TestOrg, id: string, body: unknown, who: Who = 'admin', headers: Record<string, string> = {}) =>
  json(org.ask(setThresholdsDoor, who, { params: { id }, body, headers }));

it('stops by hand and lifts, once each', async () => {
  const org = await anOrg();
  const { id } = await make(org);
  const raised = await stop(org, id);
  expect(raised).toMatchObject({ status: 201, cause: 'by_hand', reason: 'A loop', budgetId: id, observed: false, liftedAt: null });
  expect(await stop(org, id)).toMatchObject({ status: 409, code: 'stop.open_already' });
  expect(await json(org.ask(listStopsDoor, 'read', { query: { open: 'true' } }))).toMatchObject({
    items: [{ id: raised.id }],
    nextCursor: null,
  });
  expect(await lift(org, raised.id)).toMatchObject({ status: 200, liftedBy: org.members.operator.actor.id, liftedWhy: 'Mended' });
  expect(await lift(org, raised.id)).toMatchObject({ status: 409, code: 'stop.not_open' });
  expect(await json(org.ask(getBudgetDoor, 'viewer', { params: { id } }))).toMatchObject({ current: { stopId: null } });
});

it('is lifted only where there is room', async () => {
  const org = await anOrg();
  const { id } = await make(org);
  await spend(org, 9n * DOLLAR + DOLLAR / 2n);
  const { current } = (await json(org.ask(getBudgetDoor, 'read', { params: { id } }))) as unknown as { current: { stopId: string } };
  expect(await json(org.ask(getStopDoor, 'read', { params: { id: current.stopId } }))).toMatchObject({
    cause: 'charged',
    chargedUtilisation: 0.95,
  });
  expect(await lift(org, current.stopId)).toMatchObject({ status: 409, code: 'stop.no_room' });
  await org.ask(changeBudgetDoor, 'analyst', { params: { id }, body: { amount: '20' } });
  expect(await ask(org)).toMatchObject({ decision: 'deny', reason: 'stopped', stopId: current.stopId });
  expect(await lift(org, current.stopId)).toMatchObject({ status: 200 });
  expect(await ask(org)).toMatchObject({ decision: 'allow' });
});

it('stays over a new month, and then has room', async () => {
  const org = await anOrg();
  const { id } = await make(org);
  await spend(org, 10n * DOLLAR);
  setClock(parseInstant('2026-12-03T12:00:00Z') as Instant);
  const { current } = (await json(org.ask(getBudgetDoor, 'read', { params: { id } }))) as unknown as {
    current: { stopId: string; chargedNanoUsd: string };
  };
  expect(current.chargedNanoUsd).toBe('0');
  expect(await lift(org, current.stopId)).toMatchObject({ status: 200 });
  setClock(NOON);
});

it('an owner may stop and set levels on what is theirs, and on nothing else', async () => {
  const org = await anOrg();
  const own = await make(org, { ownerId: org.members.budget_owner.actor.id });
  const other = await make(org);
  const body = { items: [{ at: 0.9, kind: 'stop', mustAnswer: true, actions: [], tell: ['budget_owner'] }] };
  expect(await thresholds(org, own.id, body, 'budget_owner')).toMatchObject({ status: 200, items: [{ at: 0.9, mustAnswer: true }] });
  expect(await thresholds(org, other.id, body, 'budget_owner')).toMatchObject({ status: 403, code: 'budget.not_yours' });
  expect(await thresholds(org, other.id, body, 'analyst')).toMatchObject({ status: 403 });
  expect(await stop(org, own.id, 'budget_owner')).toMatchObject({ status: 201 });
  expect(await stop(org, other.id, 'budget_owner')).toMatchObject({ status: 403, code: 'budget.not_yours' });
  expect(await stop(org, own.id, 'viewer')).toMatchObject({ status: 403 });
});

it('a lower stop level takes effect at once, after a yes', async () => {
  const org = await anOrg();
  await spend(org, 6n * DOLLAR);
  const { id } = await make(org);
  const action = { kind: 'rate_limit', params: { callsPerMinute: 10 }, mode: 'automatic' };
  const items = [
    { at: 0.6, kind: 'stop', mustAnswer: false, actions: [], tell: [] },
    { at: 0.4, kind: 'contain', actions: [action], tell: ['escalation_owner'] },
  ];
  expect(await thresholds(org, id, { items }, 'admin', { 'if-match': '"7"' })).toMatchObject({ status: 412, code: 'etag.mismatch' });
  expect(await thresholds(org, id, { items })).toMatchObject({ status: 409, code: 'budget.raises_stop' });
  expect(await thresholds(org, id, { items, confirm: true }, 'admin', { 'if-match': '"1"' })).toMatchObject({
    ...{
      status: 200,
      etag: '"2"',
      items: [
        { at: 0.4, kind: 'contain', actions: [action], tell: ['escalation_owner'] },
        { at: 0.6, kind: 'stop' },
      ],
    },
  });
  const budget = await json(org.ask(getBudgetDoor, 'read', { params: { id } }));
  expect(budget).toMatchObject({ current: { hardStopNanoUsd: '6000000000', stopId: expect.stringMatching(/^stp_/) } });
  expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
});

it('levels that make no sense are refused, field by field', async () => {
  const org = await anOrg();
  const { id } = await make(org);
  expect(await thresholds(org, id, { items: [{ at: 1.2, kind: 'stop', actions: [], tell: [] }] })).toMatchObject({
    ...{ status: 422, code: 'budget.thresholds_invalid', errors: [{ pointer: '/items/0/at', code: 'threshold.stop_above_amount' }] },
  });
  const stranger = { items: [{ at: 0.9, kind: 'stop', actions: [], tell: ['member:mem_x'] }] };
  expect(await thresholds(org, id, stranger)).toMatchObject({ status: 422, code: 'threshold.unknown_member' });
});

it('a budget that observes is not stopped by hand', async () => {
  const org = await anOrg();
  const { id } = await make(org, { mode: 'observe' });
  expect(await stop(org, id)).toMatchObject({ status: 409, code: 'budget.observes' });
});
