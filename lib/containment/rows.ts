import { audit } from '@/lib/audit/write';
import { SCOPE_FIELDS, type Scope } from '@/lib/budget/scope';
import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { ActionKind, ActionOut } from './schema';

/** An action as its row says it. */
export type ActionRow = {
  id: string;
  kind: ActionKind;
  scope: Scope;
  unassigned: boolean;
  params: ActionOut['params'];
  reason: string;
  cause: 'manual' | 'threshold';
  mode: 'automatic' | 'ask';
  budgetId: string | null;
  thresholdKey: string | null;
  breachId: string | null;
  createdBy: string;
  createdAt: Instant;
  startedAt: Instant | null;
  startedBy: string | null;
  expiresAt: Instant | null;
  endedAt: Instant | null;
  endedBy: string | null;
  endedWhy: string | null;
  version: number;
};

/** What `ActionRow` is read from, of `containment_action a`. The scope comes as one object without the dimensions it leaves open. */
export const ACTION_COLUMNS = `a.id, a.kind, a.unassigned, a.params, a.reason, a.cause, a.mode, a.budget_id AS "budgetId",
  a.threshold_key AS "thresholdKey", a.breach_id AS "breachId", a.created_by AS "createdBy", a.created_at AS "createdAt",
  a.started_at AS "startedAt", a.started_by AS "startedBy", a.expires_at AS "expiresAt", a.ended_at AS "endedAt", a.ended_by AS "endedBy",
  a.ended_why AS "endedWhy", a.version,
  jsonb_strip_nulls(jsonb_build_object('workload', a.workload, 'feature', a.feature, 'team', a.team, 'costCentre', a.cost_centre,
    'provider', a.provider, 'model', a.model, 'trafficStage', a.traffic_stage, 'customer', a.customer)) || jsonb_build_object('tags', a.tags) AS scope`;

/** A new action, as its verbs make it. */
export type NewAction = {
  kind: ActionKind;
  scope: Scope;
  unassigned: boolean;
  params: ActionOut['params'];
  reason: string;
  expiresAt: Instant | null;
  isStarted: boolean;
} & (
  | { cause: 'manual'; mode: 'automatic' }
  | { cause: 'threshold'; mode: 'automatic' | 'ask'; budgetId: string; thresholdKey: string; breachId: string | null }
);

/**
 * Writes an action's rows. @returns its id; null where the level it comes from has set the same off already and that still stands
 */
export async function insertAction(ctx: Context, action: NewAction): Promise<string | null> {
  const id = makeId('act', ctx.now);
  const { scope } = action;
  const level = action.cause === 'threshold' ? action : null;
  const made = await ctx.tx.query(
    `INSERT INTO containment_action (org_id, id, kind, ${SCOPE_FIELDS.map(columnOf).join(', ')}, tags, unassigned, params, reason, cause, mode,
        budget_id, threshold_key, breach_id, created_by, created_at, started_at, started_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
     ON CONFLICT (org_id, budget_id, threshold_key, kind, params) WHERE ended_at IS NULL AND cause = 'threshold' DO NOTHING RETURNING id`,
    [
      ...[ctx.orgId, id, action.kind, ...SCOPE_FIELDS.map((field) => scope[field] ?? null)],
      ...[scope.tags, action.unassigned, action.params, action.reason, action.cause, action.mode],
      ...[level?.budgetId ?? null, level?.thresholdKey ?? null, level?.breachId ?? null, ctx.actor.id, toIso(ctx.now)],
      ...(action.isStarted ? [toIso(ctx.now), ctx.actor.id] : [null, null]),
      action.expiresAt === null ? null : toIso(action.expiresAt),
    ],
  );
  if (made.length === 0) return null;
  if (action.kind === 'rate_limit') {
    await ctx.tx.query('INSERT INTO rate_limit_state (org_id, action_id) VALUES ($1, $2)', [ctx.orgId, id]);
  }
  return id;
}

const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Wakes the processes that decide; Postgres hands it on when the transaction commits, and only then. */
export const CONTAINED = 'hardstop_contained';

/** Lets every process read anew what contains spend. */
export async function bumpContainment(ctx: Context): Promise<void> {
  await ctx.tx.query(
    `WITH bumped AS (UPDATE organisation SET containment_version = containment_version + 1 WHERE id = $1 RETURNING id)
     SELECT pg_notify('${CONTAINED}', id) FROM bumped`,
    [ctx.orgId],
  );
}

/** Writes down what was done to an action, and tells whoever follows. */
export async function noteChange(
  ctx: Context,
  what: 'prepared' | 'started' | 'changed' | 'ended',
  id: string,
  after: unknown,
): Promise<void> {
  await audit(ctx, `action.${what}`, { kind: 'action', id }, null, after);
  await tell(ctx, 'action.changed', { kind: 'action', id });
}

/** An action's row, locked for a change. @throws Fault action.not_found */
export async function lockAction(ctx: Context, id: string): Promise<ActionRow> {
  const [row] = await ctx.tx.query<ActionRow>(
    `SELECT ${ACTION_COLUMNS} FROM containment_action a WHERE a.org_id = $1 AND a.id = $2 FOR UPDATE`,
    [ctx.orgId, id],
  );
  if (!row) throw new Fault('action.not_found', 'There is no such containment action here.');
  return row;
}

/** Whether an action is over, by someone's hand or by its expiry. */
export const isOver = (action: Pick<ActionRow, 'endedAt' | 'expiresAt'>, now: Instant): boolean =>
  action.endedAt !== null || (action.expiresAt !== null && action.expiresAt <= now);
