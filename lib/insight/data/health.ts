import { only, prisma, type Tx } from '@/lib/db';
import { days, hours, type Instant, minus, since, toIso } from '@/lib/kernel/instant';

/** A source quiet for this long is stale: what it brings daily is overdue. */
export const STALE_AFTER = hours(24);

/** A way in that usage has come by, with the key that it used ('' without one). Times in µs, lag in whole seconds. */
export type Source = {
  source: string;
  apiKeyId: string;
  keyName: string | null;
  lastOccurredAt: Instant;
  lastReceivedAt: Instant;
  accepted: bigint;
  duplicates: bigint;
  rejected: bigint;
  late: bigint;
  lagSeconds: number;
  stale: boolean;
};

/** Every source, the longest quiet first. */
export async function sourcesOf(tx: Tx, orgId: string, now: Instant): Promise<Source[]> {
  const rows = await tx.query<Omit<Source, 'lagSeconds' | 'stale'>>(
    `SELECT s.source, s.api_key_id AS "apiKeyId", k.name AS "keyName", s.last_occurred_at AS "lastOccurredAt", s.last_received_at AS "lastReceivedAt",
            s.accepted, s.duplicates, s.rejected, s.late
       FROM usage_source s LEFT JOIN api_key k ON k.org_id = s.org_id AND k.id = s.api_key_id
      WHERE s.org_id = $1 ORDER BY s.last_received_at, s.source, s.api_key_id`,
    [orgId],
  );
  return rows.map((row) => ({
    ...row,
    lagSeconds: Math.max(0, Math.floor(since(row.lastOccurredAt, now) / 1_000_000)),
    stale: since(row.lastReceivedAt, now) > STALE_AFTER,
  }));
}

/** The calls of one model that have no price yet: how many, the upper guess, and which unit kinds a price must name. */
export type UnpricedGroup = { provider: string; model: string; calls: bigint; upperNano: bigint; units: string[]; since: Instant };

/** What has no price, dearest guess first. A call repriced since is in none of them. */
export function unpricedGroups(tx: Tx, orgId: string): Promise<UnpricedGroup[]> {
  return tx.query<UnpricedGroup>(
    `SELECT e.provider, e.model_called AS model, count(DISTINCT e.id) AS calls, min(e.booked_at) AS since,
            (sum(e.amount_nano) FILTER (WHERE u.place IS NULL OR u.place = 1))::int8 AS "upperNano",
            coalesce(array_agg(DISTINCT u.unit ORDER BY u.unit) FILTER (WHERE u.quantity > 0), '{}') AS units
       FROM ledger_entry e
       LEFT JOIN LATERAL (SELECT key AS unit, value::int8 AS quantity, row_number() OVER () AS place FROM jsonb_each_text(e.units)) u ON true
      WHERE e.org_id = $1 AND e.basis = 'unpriced' AND e.calls = 1
        AND NOT EXISTS (SELECT FROM ledger_entry c WHERE c.org_id = e.org_id AND c.corrects = e.id)
      GROUP BY 1, 2 ORDER BY "upperNano" DESC, 1, 2 LIMIT 500`,
    [orgId],
  );
}

/** How many records were late, were rejected, and were told by a second source, with the difference that those make. */
export type DataCounts = { lateCalls: bigint; rejected: bigint; secondSources: bigint; differing: bigint; differenceNano: bigint };

/** Counts over the last 31 days of receiving. */
export async function dataCounts(tx: Tx, orgId: string, now: Instant): Promise<DataCounts> {
  return only(
    await tx.query<DataCounts>(
      `SELECT (SELECT coalesce(sum(late), 0)::int8 FROM usage_source WHERE org_id = $1) AS "lateCalls",
              (SELECT count(*) FROM rejected_record WHERE org_id = $1 AND received_at >= $2) AS rejected, e.*
         FROM (SELECT count(*) AS "secondSources", count(*) FILTER (WHERE difference_nano <> 0) AS differing,
                      coalesce(sum(difference_nano), 0)::int8 AS "differenceNano"
                 FROM evidence WHERE org_id = $1 AND received_at >= $2) e`,
      [orgId, toIso(minus(now, days(31)))],
    ),
  );
}

/** How many records were rejected over the last 31 days, by code, the most frequent first. */
export function rejectedByCode(tx: Tx, orgId: string, now: Instant): Promise<{ code: string; records: bigint }[]> {
  return tx.query(
    `SELECT code, count(*) AS records FROM rejected_record WHERE org_id = $1 AND received_at >= $2 GROUP BY code ORDER BY 2 DESC, 1 LIMIT 50`,
    [orgId, toIso(minus(now, days(31)))],
  );
}

/** Records that were not taken, as they came, newest first. @param code only those with this fault · @param after only those before this id */
export const rejectedRecords = (orgId: string, code: string | undefined, after: string | null, limit: number) =>
  prisma().rejectedRecord.findMany({
    where: { orgId, ...(code !== undefined && { code }), ...(after !== null && { id: { lt: after } }) },
    omit: { orgId: true },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** What a second source said of a call that was booked already. */
export type SecondSource = {
  eventId: string;
  provider: string;
  responseId: string;
  source: string;
  receivedAt: Instant;
  amountNano: bigint;
  differenceNano: bigint;
};

/** Second sources, newest first; only those that differ, where asked. */
export function secondSources(
  tx: Tx,
  orgId: string,
  differing: boolean,
  after: { at: Instant; id: string } | null,
  limit: number,
): Promise<SecondSource[]> {
  return tx.query<SecondSource>(
    `SELECT event_id AS "eventId", provider, response_id AS "responseId", source, received_at AS "receivedAt", amount_nano AS "amountNano",
            difference_nano AS "differenceNano"
       FROM evidence WHERE org_id = $1 AND (NOT $2 OR difference_nano <> 0) AND ($3::timestamptz IS NULL OR (received_at, event_id) < ($3, $4))
      ORDER BY received_at DESC, event_id DESC LIMIT $5`,
    [orgId, differing, after && toIso(after.at), after?.id ?? null, limit],
  );
}
