import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import { BUILT_IN, type Policy, type Step } from './rules';
import type { PolicyOut } from './schema';

export type PolicyRow = Policy & {
  id: string;
  isDefault: boolean;
  createdAt: Instant;
  endedAt: Instant | null;
  version: number;
  budgets: bigint;
};

const SELECT = `SELECT e.id, e.name, e.steps, e.repeats, e.acknowledge_expires_minutes AS "acknowledgeExpiresMinutes",
    e.is_default AS "isDefault", e.created_at AS "createdAt", e.ended_at AS "endedAt", e.version,
    (SELECT count(*) FROM budget b WHERE b.org_id = e.org_id AND b.escalation_policy_id = e.id AND b.ended_at IS NULL) AS budgets
  FROM escalation_policy e`;

/** A policy as the API gives it. */
export const policyView = ({ version, createdAt, endedAt, budgets, ...row }: PolicyRow): PolicyOut => ({
  ...row,
  createdAt: toIso(createdAt),
  endedAt: endedAt === null ? null : toIso(endedAt),
  etag: etagOf(version),
  budgets: Number(budgets),
});

/** @param lock keeps the row from changing until the transaction ends · @throws Fault escalation_policy.not_found */
export async function readPolicy(ctx: Context, id: string, lock = false): Promise<PolicyRow> {
  const rows = await ctx.tx.query<PolicyRow>(`${SELECT} WHERE e.org_id = $1 AND e.id = $2 ${lock ? 'FOR UPDATE OF e' : ''}`, [
    ctx.orgId,
    id,
  ]);
  if (!rows[0]) throw new Fault('escalation_policy.not_found', 'There is no such escalation policy here.');
  return rows[0];
}

/** Policies, newest first. */
export async function listPolicies(ctx: Context, query: PageQuery & { state: 'active' | 'ended' | 'all' }): Promise<Page<PolicyOut>> {
  const place = placeOf(query.cursor, 1);
  const rows = await ctx.tx.query<PolicyRow>(
    `${SELECT} WHERE e.org_id = $1 AND ($2::text IS NULL OR e.id < $2) AND ($3 = 'all' OR (e.ended_at IS NULL) = ($3 = 'active'))
      ORDER BY e.id DESC LIMIT $4`,
    [ctx.orgId, place?.[0] ?? null, query.state, query.limit + 1],
  );
  return page(rows, query.limit, policyView, (row) => [row.id]);
}

/**
 * The policy that a breach of a budget escalates by: the budget's own, else the organisation's default, else the built-in one.
 * @param id the one the budget names · @returns its id (null: built in) with what is kept of it
 */
export async function policyFor(ctx: Context, id: string | null): Promise<{ id: string | null; policy: Policy }> {
  const [row] = await ctx.tx.query<{ id: string; steps: Step[] } & Omit<Policy, 'steps'>>(
    `SELECT id, name, steps, repeats, acknowledge_expires_minutes AS "acknowledgeExpiresMinutes" FROM escalation_policy
      WHERE org_id = $1 AND ended_at IS NULL AND (id = $2 OR is_default) ORDER BY (id = $2) DESC NULLS LAST LIMIT 1`,
    [ctx.orgId, id],
  );
  if (!row) return { id: null, policy: BUILT_IN };
  const { id: own, ...policy } = row;
  return { id: own, policy };
}
