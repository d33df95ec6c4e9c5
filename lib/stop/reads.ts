import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { ratio } from '@/lib/kernel/money';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import type { StopCause } from './raise';
import type { StopOut } from './schema';

export type StopRow = {
  id: string;
  budgetId: string;
  budgetName: string;
  budgetOwnerId: string | null;
  periodId: string;
  raisedAt: Instant;
  raisedBy: string;
  cause: StopCause;
  reason: string | null;
  observed: boolean;
  figures: StopOut['figures'];
  liftedAt: Instant | null;
  liftedBy: string | null;
  liftedWhy: string | null;
  version: number;
};

const SELECT = `SELECT s.id, s.budget_id AS "budgetId", b.name AS "budgetName", b.owner_id AS "budgetOwnerId", s.period_id AS "periodId",
    s.raised_at AS "raisedAt", s.raised_by AS "raisedBy", s.cause, s.reason, s.observed, s.figures, s.lifted_at AS "liftedAt",
    s.lifted_by AS "liftedBy", s.lifted_why AS "liftedWhy", s.version
  FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id`;

/** A stop as the API gives it. */
export const stopView = ({ version, raisedAt, liftedAt, budgetOwnerId: _, ...row }: StopRow): StopOut => ({
  ...row,
  createdAt: toIso(raisedAt),
  etag: etagOf(version),
  raisedAt: toIso(raisedAt),
  liftedAt: liftedAt === null ? null : toIso(liftedAt),
  chargedUtilisation: ratio(BigInt(row.figures.chargedNanoUsd), BigInt(row.figures.amountNanoUsd)),
});

/** @throws Fault stop.not_found */
export async function readStopRow(ctx: Context, id: string): Promise<StopRow> {
  const [row] = await ctx.tx.query<StopRow>(`${SELECT} WHERE s.org_id = $1 AND s.id = $2`, [ctx.orgId, id]);
  if (!row) throw new Fault('stop.not_found', 'There is no such stop here.');
  return row;
}

export type StopFilter = PageQuery & {
  open?: 'true' | 'false' | undefined;
  observed?: 'true' | 'false' | undefined;
  budgetId?: string | undefined;
};

/** Stops, newest first. `open` leaves those that are lifted, or those that are not. */
export async function listStops(ctx: Context, filter: StopFilter): Promise<Page<StopOut>> {
  const place = placeOf(filter.cursor, 1);
  const rows = await ctx.tx.query<StopRow>(
    `${SELECT} WHERE s.org_id = $1 AND ($2::text IS NULL OR s.id < $2) AND ($3::bool IS NULL OR (s.lifted_at IS NULL) = $3)
        AND ($4::bool IS NULL OR s.observed = $4) AND ($5::text IS NULL OR s.budget_id = $5) ORDER BY s.id DESC LIMIT $6`,
    [ctx.orgId, place?.[0] ?? null, boolOf(filter.open), boolOf(filter.observed), filter.budgetId ?? null, filter.limit + 1],
  );
  return page(rows, filter.limit, stopView, (row) => [row.id]);
}

const boolOf = (text: 'true' | 'false' | undefined): boolean | null => (text === undefined ? null : text === 'true');
