import { readBudgetRow } from '@/lib/budget/read/budgets';
import { readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { isTold } from '@/lib/org/told';
import { chase } from '@/lib/recovery/day/chase';
import { writeDays } from '@/lib/recovery/day/write';
import { lockPlan, readPlanRow } from '@/lib/recovery/plan';
import { endExpiredGrants } from '@/lib/spend/grant/end';
import { endOrphanStages, watchPlan } from './watch';

const actor: Context['actor'] = { kind: 'system', id: 'recovery', name: 'Recovery' };

/** Runs work as the program itself, in a transaction of its own. @param now handed in by tests; else the clock door's */
const run = <Result>(orgId: string, now: Instant | undefined, work: (ctx: Context) => Promise<Result>): Promise<Result> =>
  transaction(async (tx) => work({ actor, orgId, requestId: 'job', tx, now: now ?? (await readClock(tx)) }));

const open = (): Promise<{ org: string; id: string }[]> =>
  reader().query(`SELECT org_id AS org, id FROM recovery_plan WHERE closed_at IS NULL AND ${isTold('org_id')} ORDER BY org_id, id`);

/** Looks at every open plan by live figures; grants whose time is over end. Safe in two workers at once. */
export async function watchRecoveries(now?: Instant): Promise<void> {
  const grants = await reader().query<{ org: string }>(`SELECT DISTINCT org_id AS org FROM budget_grant WHERE state <> 'ended'`);
  for (const { org } of grants) await run(org, now, endExpiredGrants);
  for (const { org, id } of await open()) await watchOne(org, id, now);
  const stages = await reader().query<{ org: string }>(
    'SELECT DISTINCT org_id AS org FROM budget WHERE stage_of IS NOT NULL AND ended_at IS NULL',
  );
  for (const { org } of stages) await run(org, now, endOrphanStages);
}

/** Writes the daily entries of every open plan, and chases what nobody has signed off. Safe in two workers at once. */
export async function keepDays(now?: Instant): Promise<void> {
  for (const { org, id } of await open()) await keepDaysOf(org, id, now);
}

/** Looks at one open plan by live figures. */
export const watchOne = async (orgId: string, id: string, now?: Instant): Promise<void> =>
  void (await run(orgId, now, (ctx) => watchPlan(ctx, id)));

/** Writes the daily entries of one plan, and chases what nobody has signed off. */
export const keepDaysOf = (orgId: string, id: string, now?: Instant): Promise<void> =>
  run(orgId, now, async (ctx) => {
    if ((await readPlanRow(ctx, id)).closedAt !== null) return;
    const plan = await lockPlan(ctx, id);
    await writeDays(ctx, plan);
    await chase(ctx, plan, (await readBudgetRow(ctx.tx, ctx.orgId, plan.budgetId)).ownerId);
  });
