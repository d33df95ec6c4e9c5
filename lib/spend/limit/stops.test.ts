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
  for (const what of ['member', 'channel']) {
    const stranger = { items: [{ at: 0.9, kind: 'stop', actions: [], tell: ['budget_owner', `${what}:x_1`] }] };
    const code = `threshold.unknown_${what}`;
    expect(await thresholds(org, id, stranger)).toMatchObject({ status: 422, code, errors: [{ pointer: '/items/0/tell/1', code }] });
  }
});

it('what a level sets off is held to what a switch by hand is held to, field by field', async () => {
  const org = await anOrg();
  const { id } = await make(org);
  const [from, twin] = [
    { provider: 'openai', model: 'gpt-4o' },
    { kind: 'block', params: {}, mode: 'ask' },
  ];
  const route = (to: object) => ({ kind: 'route', params: { from, to }, mode: 'automatic' });
  const slow = { kind: 'rate_limit', params: { burst: 3 }, mode: 'automatic' };
  const refused = async (actions: object[], kind = 'stop') => {
    const items = [
      ...(kind === 'stop' ? [] : [{ at: 0.5, kind, actions }]),
      { at: 0.9, kind: 'stop', ...(kind === 'stop' && { actions }) },
    ];
    const { status, errors } = (await thresholds(org, id, { items })) as { status: number; errors: { pointer: string; code: string }[] };
    return [status, ...errors.map((each) => `${each.pointer} ${each.code}`)];
  };
  expect(await refused([twin, route(from)])).toEqual([422, '/items/0/actions/1/params/to/model action.senseless']);
  expect(await refused([route({ provider: 'anthropic', model: 'claude-sonnet-4-5' })])).toEqual([
    422,
    '/items/0/actions/0/params/to/provider action.other_wire',
  ]);
  expect(await refused([twin, twin])).toEqual([422, '/items/0/actions/1 threshold.action_twice']);
  expect(await refused([slow])).toEqual([422, '/items/0/actions/0/params field.invalid']);
  expect(await refused([twin], 'notify')).toEqual([422, '/items/0/actions threshold.notify_acts']);
  expect(
    (await thresholds(org, id, { items: [{ at: 0.9, kind: 'stop', actions: [route({ ...from, model: 'gpt-4o-mini' }), twin] }] })).status,
  ).toBe(200);
});

it('a budget that observes is not stopped by hand', async () => {
  const org = await anOrg();
  const { id } = await make(org, { mode: 'observe' });
  expect(await stop(org, id)).toMatchObject({ status: 409, code: 'budget.observes' });
});
