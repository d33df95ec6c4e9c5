import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import { amountText } from '../amount';
import { scopeView } from '../read/view';
import type { Scope } from '../scope';
import type { GrantOut, GrantState } from './schema';
import { spentOf } from './use';

export type GrantRow = {
  id: string;
  budgetId: string;
  budgetName: string;
  budgetOwnerId: string | null;
  periodId: string;
  amount: string;
  amountNano: NanoUsd;
  scope: Scope;
  reason: string;
  state: GrantState;
  askedAt: Instant;
  askedBy: string;
  askedByName: string | null;
  askedPerson: string;
  expiresAt: Instant;
  approvedAt: Instant | null;
  approvedBy: string | null;
  approvedByName: string | null;
  endedAt: Instant | null;
  endedBy: string | null;
  endedByName: string | null;
  endedWhy: string | null;
  charged: NanoUsd;
  held: NanoUsd;
  version: number;
};

const nameOf = (id: string): string => `coalesce(
  (SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.org_id = g.org_id AND m.id = ${id}),
  (SELECT k.name FROM api_key k WHERE k.org_id = g.org_id AND k.id = ${id}))`;

const SELECT = `SELECT g.id, g.budget_id AS "budgetId", b.name AS "budgetName", b.owner_id AS "budgetOwnerId", g.period_id AS "periodId",
    g.amount::text AS amount, g.amount_nano AS "amountNano", g.scope, g.reason, g.state, g.asked_at AS "askedAt", g.asked_by AS "askedBy",
    ${nameOf('g.asked_by')} AS "askedByName", g.asked_person AS "askedPerson", g.expires_at AS "expiresAt", g.approved_at AS "approvedAt",
    g.approved_by AS "approvedBy", ${nameOf('g.approved_by')} AS "approvedByName", g.ended_at AS "endedAt", g.ended_by AS "endedBy",
    ${nameOf('g.ended_by')} AS "endedByName", g.ended_why AS "endedWhy", g.charged_nano AS charged, g.held_nano AS held, g.version
  FROM budget_grant g JOIN budget b ON b.org_id = g.org_id AND b.id = g.budget_id`;

const isoOf = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** A grant as the API gives it. */
export const grantView = (row: GrantRow): GrantOut => ({
  ...{ id: row.id, createdAt: toIso(row.askedAt), etag: etagOf(row.version), budgetId: row.budgetId, budgetName: row.budgetName },
  ...{ state: row.state, amount: amountText(row.amount), amountNanoUsd: String(row.amountNano), heldNanoUsd: String(row.held) },
  spentNanoUsd: String(spentOf({ amount: row.amountNano, charged: row.charged })),
  ...{ scope: scopeView(row.scope), reason: row.reason, expiresAt: toIso(row.expiresAt), askedAt: toIso(row.askedAt) },
  ...{ askedBy: row.askedBy, askedByName: row.askedByName ?? row.askedBy, approvedAt: isoOf(row.approvedAt), approvedBy: row.approvedBy },
  ...{
    approvedByName: row.approvedByName ?? row.approvedBy,
    endedAt: isoOf(row.endedAt),
    endedBy: row.endedBy,
    endedByName: row.endedByName,
  },
  endedWhy: row.endedWhy,
});

/** @throws Fault grant.not_found */
export async function readGrant(ctx: Context, id: string): Promise<GrantRow> {
  const [row] = await ctx.tx.query<GrantRow>(`${SELECT} WHERE g.org_id = $1 AND g.id = $2`, [ctx.orgId, id]);
  if (!row) throw new Fault('grant.not_found', 'There is no such grant here.');
  return row;
}

/** The grants of a budget, newest first. */
export async function listGrants(
  ctx: Context,
  budgetId: string,
  filter: PageQuery & { state?: string | undefined },
): Promise<Page<GrantOut>> {
  const place = placeOf(filter.cursor, 1);
  const rows = await ctx.tx.query<GrantRow>(
    `${SELECT} WHERE g.org_id = $1 AND g.budget_id = $2 AND ($3::text IS NULL OR g.id < $3) AND ($4::text IS NULL OR g.state = $4)
      ORDER BY g.id DESC LIMIT $5`,
    [ctx.orgId, budgetId, place?.[0] ?? null, filter.state ?? null, filter.limit + 1],
  );
  return page(rows, filter.limit, grantView, (row) => [row.id]);
}
