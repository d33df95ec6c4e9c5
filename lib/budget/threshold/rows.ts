import type { Context } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { Fault, type FieldFault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { PPM_ONE, type Ppm } from '@/lib/kernel/money';
import type { Threshold } from './rules';
import type { ThresholdOut } from './schema';

export type ThresholdRow = Threshold & { id: string; budgetId: string };

/** What tells one threshold of a budget from its others: one that is taken away and set again the same is the same. */
export const thresholdKey = (each: Pick<Threshold, 'kind' | 'atPpm' | 'burn' | 'withinDays'>): string =>
  `${each.kind} ${each.atPpm} ${each.burn} ${each.withinDays}`;

/** The thresholds of budgets, each budget's lowest first. */
export async function readThresholds(tx: Tx, orgId: string, budgetIds: string[]): Promise<ThresholdRow[]> {
  return tx.query<ThresholdRow>(
    `SELECT id, budget_id AS "budgetId", at_ppm AS "atPpm", kind, burn, within_days AS "withinDays", must_answer AS "mustAnswer", actions, tell
       FROM threshold WHERE org_id = $1 AND budget_id = ANY($2) ORDER BY at_ppm, kind, id`,
    [orgId, budgetIds],
  );
}

/** A threshold as the API gives it. */
export const thresholdView = ({ id, atPpm, kind, burn, withinDays, mustAnswer, actions, tell }: ThresholdRow): ThresholdOut => ({
  ...{ id, at: atPpm / PPM_ONE, kind, burn, withinDays, mustAnswer, actions, tell },
});

/**
 * Puts a budget's thresholds in the place of those it has. A level that stays keeps its id, and with it what it has set off.
 * @param at the pointer of the list they came in
 * @throws Fault threshold.unknown_member · threshold.unknown_channel
 */
export async function replaceThresholds(ctx: Context, budgetId: string, thresholds: Threshold[], at = '/items'): Promise<void> {
  await refuseStrangers(ctx, thresholds, at);
  const before = new Map((await readThresholds(ctx.tx, ctx.orgId, [budgetId])).map((each) => [thresholdKey(each), each.id]));
  await ctx.tx.query('DELETE FROM threshold WHERE org_id = $1 AND budget_id = $2', [ctx.orgId, budgetId]);
  for (const each of thresholds) {
    await ctx.tx.query(
      `INSERT INTO threshold (org_id, id, budget_id, at_ppm, kind, burn, within_days, must_answer, actions, tell, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[
          ctx.orgId,
          before.get(thresholdKey(each)) ?? makeId('thr', ctx.now),
          budgetId,
          each.atPpm,
          each.kind,
          each.burn,
          each.withinDays,
        ],
        ...[each.mustAnswer, JSON.stringify(each.actions), each.tell, toIso(ctx.now)],
      ],
    );
  }
}

/** @throws Fault threshold.unknown_member · threshold.unknown_channel for who is not of this organisation, at their fields */
async function refuseStrangers(ctx: Context, thresholds: Threshold[], at: string): Promise<void> {
  const told = thresholds.flatMap(({ tell }, i) => tell.map((target, j) => ({ target, pointer: `${at}/${i}/tell/${j}` })));
  const ids = told.filter(({ target }) => target.includes(':')).map(({ target }) => target.slice(target.indexOf(':') + 1));
  if (ids.length === 0) return;
  const found = await ctx.tx.query<{ target: string }>(
    `SELECT 'member:' || id AS target FROM member WHERE org_id = $1 AND id = ANY($2) AND ended_at IS NULL
     UNION ALL SELECT 'channel:' || id FROM channel WHERE org_id = $1 AND id = ANY($2) AND ended_at IS NULL`,
    [ctx.orgId, ids],
  );
  const known = new Set(found.map((each) => each.target));
  const errors = told.flatMap(({ target, pointer }): FieldFault[] => {
    const [what = '', id] = target.split(':');
    if (id === undefined || known.has(target)) return [];
    const detail = `There is no ${what} ${id} in this organisation. Choose another in tell.`;
    return [{ pointer, code: `threshold.unknown_${what}`, detail }];
  });
  if (errors[0]) throw new Fault(errors[0].code, errors[0].detail, { errors });
}

/** The stop level of a budget, ppm of its amount. */
export const stopAtOf = (rows: ThresholdRow[], budgetId: string): Ppm => {
  const stop = rows.find((each) => each.budgetId === budgetId && each.kind === 'stop');
  if (!stop) throw new Error(`budget ${budgetId} has no stop level`);
  return stop.atPpm;
};
