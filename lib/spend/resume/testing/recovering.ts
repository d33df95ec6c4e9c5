import { acknowledge } from '@/lib/breach/answer';
import { reader } from '@/lib/db';
import { type Instant, parseInstant, plus, seconds } from '@/lib/kernel/instant';
import { changeRecovery } from '@/lib/recovery/change';
import { answerRoom } from '@/lib/recovery/money/answer';
import { listPlans, readPlan } from '@/lib/recovery/read/plans';
import type { Percent, PlanOut } from '@/lib/recovery/schema';
import { resume } from '@/lib/recovery/stage/resume';
import { anOrg, type TestOrg, type Who } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, decided, made, spend } from '@/lib/testing/budgets';

/** A moment after noon: what was spent at noon came before. */
export const START = plus(NOON, seconds(1));
/** $0.1025 at most: five of them fit into an hour of the first step. */
export const CALL = { maxUnits: { input: 1_000, output: 10_000 } };
export const MIDNIGHT = parseInstant('2026-11-24T23:00:00Z') as Instant;
export const DECEMBER = parseInstant('2026-11-30T23:00:00Z') as Instant;

export type Recovering = { org: TestOrg; budgetId: string; planId: string; breachId: string };

/** A budget of $10 that is stopped, with its breach and its plan. */
export async function stopped(part: object = {}): Promise<Recovering> {
  const org = await anOrg();
  const { id: budgetId } = await made(org, { thresholds: [{ at: 0.95, kind: 'stop', mustAnswer: true }], ...part });
  await spend(org, 95n * (DOLLAR / 10n));
  const [plan] = (await listPlans(org.ctx(NOON), { limit: 10, state: 'open', budgetId })).items;
  if (!plan) throw new Error('no plan opened with the breach');
  return { org, budgetId, planId: plan.id, breachId: plan.breachId };
}

/** The same, answered for and with a raised amount: $10,000, so that $1,355.79 a day are left of the month. */
export async function ready(): Promise<Recovering> {
  const it = await stopped();
  const { org, planId, breachId, budgetId } = it;
  await org.run((ctx) => acknowledge(ctx, { breachId, note: null }), NOON, 'escalation_owner');
  const change = { cause: 'A retry loop.', correctiveAction: 'Retries are capped at 3.' };
  await org.run((ctx) => changeRecovery(ctx, { id: planId, ifMatch: null, change }), NOON, 'operator');
  await changed(org, budgetId, { amount: '10000.00' });
  await org.run((ctx) => answerRoom(ctx, { id: planId, room: 'raise' }), NOON, 'operator');
  return it;
}

export const resumed = ({ org, planId }: Recovering, percent: Percent, now = START, who: Who = 'operator') =>
  org.run((ctx) => resume(ctx, { id: planId, percent, why: 'It is mended.' }), now, who);
export const seen = ({ org, planId }: Recovering, now = START): Promise<PlanOut> => readPlan(org.ctx(now), planId);

/** Asks and settles a call of $0.1025 at most. */
export async function called({ org }: Recovering, now: Instant): Promise<void> {
  const { holdId = '' } = await ask(org, CALL, now);
  await decided(org, { kind: 'settle', request: { holdId, units: { input: 1_000, output: 9_000 } } as never }, plus(now, seconds(1)));
}

/** Writes steps and days of the past straight, as if it had flowed at 100 % since a moment. */
export async function flowsSince({ org, planId }: Recovering, from: string): Promise<void> {
  const { orgId } = org;
  await reader().query(
    `INSERT INTO recovery_step (org_id, id, plan_id, n, at, kind, percent, target_nano, by_id, by_name, by_rule, why)
     VALUES ($1, 'rst_1', $2, 100, $3, 'resume', 100, $4, 'x', 'X', false, 'yes')`,
    [orgId, planId, from, 1_355n * DOLLAR],
  );
  await reader().query(`UPDATE recovery_plan SET stage_percent = 100, phase = 'resuming', stage_since = $3 WHERE org_id = $1 AND id = $2`, [
    ...[orgId, planId, from],
  ]);
  await reader().query('UPDATE stop SET lifted_at = $2, lifted_by = $3, lifted_why = $3 WHERE org_id = $1', [orgId, from, 'test']);
  await reader().query('UPDATE budget_period SET stop_id = NULL WHERE org_id = $1', [orgId]);
}
