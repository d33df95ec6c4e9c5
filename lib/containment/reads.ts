import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, minus, seconds, since, toIso } from '@/lib/kernel/instant';
import { type Page, page, placeOf } from '@/lib/kernel/pages';
import { ACTION_COLUMNS, type ActionRow } from './rows';
import type { ActionOut, ActionState, ActionsQuery } from './schema';

/** A process that has not been seen for so long decides nothing any more: it is gone, or it hangs. */
export const GONE_AFTER = seconds(6);
/** An action that some process has not confirmed within this has failed to take hold. */
const CONFIRMED_WITHIN = seconds(10);

type Facts = {
  who: string;
  state: ActionState;
  confirmed: number;
  of: number;
  confirmedAt: Instant | null;
  refused: bigint;
  rerouted: bigint;
  customers: bigint;
  saved: bigint;
  notSpent: bigint | null;
};

/** By name whoever an id is: a member, an API key, or the program itself. */
const nameOf = (
  id: string,
): string => `coalesce((SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.org_id = a.org_id AND m.id = ${id}),
    (SELECT k.name FROM api_key k WHERE k.org_id = a.org_id AND k.id = ${id}), 'Hardstop')`;

/**
 * Actions with everything that is worked out of other rows, as of $2. A process that began after an action did has never decided
 * without it. What is not spent is asked × the share that such calls usually came to, rounded down, workload by workload.
 */
const SELECT = `SELECT ${ACTION_COLUMNS}, ${nameOf('coalesce(a.started_by, a.created_by)')} AS who, w.*, s.state, e.*
  FROM containment_action a
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE c.at IS NOT NULL OR p.started_at >= a.started_at)::int AS confirmed, count(*)::int AS of, max(c.at) AS "confirmedAt"
      FROM process p LEFT JOIN containment_confirmation c ON c.org_id = a.org_id AND c.action_id = a.id AND c.process_id = p.id
     WHERE p.seen_at > $3) w
  CROSS JOIN LATERAL (
    SELECT CASE WHEN a.ended_at IS NOT NULL OR a.expires_at <= $2 THEN 'ended' WHEN a.started_at IS NULL THEN 'prepared'
                WHEN w.of > 0 AND w.confirmed = w.of THEN 'in_force' WHEN a.started_at < $4 THEN 'failed' ELSE 'taking_hold' END AS state) s
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(f.refused), 0)::int8 AS refused, coalesce(sum(f.rerouted), 0)::int8 AS rerouted, coalesce(sum(f.saved), 0)::int8 AS saved,
           CASE WHEN count(*) FILTER (WHERE f.asked > 0 AND coalesce(u.held_nano, 0) = 0) > 0 THEN NULL
                ELSE coalesce(sum(floor(f.asked * u.settled_nano / nullif(u.held_nano, 0))), 0)::int8 END AS "notSpent",
           (SELECT count(DISTINCT g.customer) FROM containment_effect g
             WHERE g.org_id = a.org_id AND g.action_id = a.id AND g.customer <> '' AND g.refused + g.rerouted > 0) AS customers
      FROM (SELECT x.workload, sum(x.refused) AS refused, sum(x.rerouted) AS rerouted, sum(x.saved_nano) AS saved, sum(x.asked_nano) AS asked
              FROM containment_effect x WHERE x.org_id = a.org_id AND x.action_id = a.id GROUP BY x.workload) f
      LEFT JOIN containment_usual u ON u.org_id = a.org_id AND u.action_id = a.id AND u.workload = f.workload) e
 WHERE a.org_id = $1`;

const timesOf = ({ now }: Context): string[] => [now, minus(now, GONE_AFTER), minus(now, CONFIRMED_WITHIN)].map(toIso);

/** Dimensions that a caller says of itself, unless its key pins them: of these a scope may be evaded by who wants to. */
const DECLARED = ['workload', 'feature', 'customer'] as const;

/** An action as the API gives it. */
function actionView(row: ActionRow & Facts): ActionOut {
  const { version, who, state, confirmed, of, confirmedAt, refused, rerouted, customers, saved, notSpent, ...own } = row;
  const isRunning = state !== 'prepared' && state !== 'ended';
  const took = confirmedAt === null || own.startedAt === null ? null : since(own.startedAt, confirmedAt) / 1_000_000;
  const iso = (at: Instant | null): string | null => (at === null ? null : toIso(at));
  return {
    ...own,
    ...{ createdAt: toIso(own.createdAt), etag: etagOf(version), who, state },
    ...{ startedAt: iso(own.startedAt), expiresAt: iso(own.expiresAt), endedAt: iso(own.endedAt) },
    confirmedBy: isRunning ? { confirmed, of, seconds: took } : null,
    asDeclared: [...DECLARED.filter((field) => own.scope[field] !== undefined), ...Object.keys(own.scope.tags).map((tag) => `tag:${tag}`)],
    ...{ callsAffected: Number(refused + rerouted), customersAffected: Number(customers) },
    ...{ savedNanoUsd: String(saved), notSpentNanoUsd: notSpent === null ? null : String(notSpent) },
  };
}

/** @throws Fault action.not_found */
export async function readAction(ctx: Context, id: string): Promise<ActionOut> {
  const [row] = await ctx.tx.query<ActionRow & Facts>(`${SELECT} AND a.id = $5`, [ctx.orgId, ...timesOf(ctx), id]);
  if (!row) throw new Fault('action.not_found', 'There is no such containment action here.');
  return actionView(row);
}

/** Actions, newest first. */
export async function listActions(ctx: Context, query: ActionsQuery): Promise<Page<ActionOut>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<ActionRow & Facts>(
    `${SELECT} AND ($5::text IS NULL OR a.id < $5) AND ($6::text IS NULL OR s.state = $6 OR ($6 = 'open' AND s.state <> 'ended'))
        AND ($7::text IS NULL OR a.kind = $7) AND ($8::text IS NULL OR a.workload = $8) AND ($9::text IS NULL OR a.budget_id = $9)
        AND ($10::text IS NULL OR a.breach_id = $10) ORDER BY a.id DESC LIMIT $11`,
    [
      ...[ctx.orgId, ...timesOf(ctx), place?.[0] ?? null, query.state ?? null, query.kind ?? null, query.workload ?? null],
      ...[query.budgetId ?? null, query.breachId ?? null, query.limit + 1],
    ],
  );
  return page(rows, query.limit, actionView, (row) => [row.id]);
}

/** Every action of a budget or a breach that has not ended, newest first. */
export const openActions = async (ctx: Context, of: { budgetId?: string; breachId?: string }): Promise<ActionOut[]> =>
  (await listActions(ctx, { limit: 500, state: 'open', ...of })).items;

/**
 * What held the spend of a breach back besides its stop, oldest first: what the breach set off itself, and what levels of its budget
 * had set off before and still held when it opened.
 */
export async function actionsAround(ctx: Context, of: { breachId: string; budgetId: string; openedAt: Instant }): Promise<ActionOut[]> {
  const rows = await ctx.tx.query<ActionRow & Facts>(
    `${SELECT} AND (a.breach_id = $5 OR (a.budget_id = $6 AND a.breach_id IS NULL AND a.started_at IS NOT NULL
        AND coalesce(a.ended_at, a.expires_at, 'infinity') > $7)) ORDER BY a.id`,
    [ctx.orgId, ...timesOf(ctx), of.breachId, of.budgetId, toIso(of.openedAt)],
  );
  return rows.map(actionView);
}
