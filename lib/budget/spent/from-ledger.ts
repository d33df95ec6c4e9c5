import { COVERS_ENTRY } from '../covers-sql';

/**
 * What periods are charged with by quarter of an hour, basis and price, added up from the ledger in SQL: the columns of
 * `period_spend` after `org_id`. It shares no code with the writing of them. @param which a condition on `budget_period p` and `budget b`
 */
export const spentSql = (which: string): string =>
  `SELECT p.id AS period_id, date_bin('15 minutes', e.booked_at, '2000-01-01T00:00:00Z') AS at, e.basis, coalesce(e.price_ref, '') AS price_ref,
          count(*) AS entries, sum(e.amount_nano)::int8 AS amount_nano, max(e.received_at) AS fresh_at
     FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
     JOIN ledger_entry e ON e.org_id = p.org_id AND e.booked_at >= p.starts_at AND e.booked_at < p.ends_at AND ${COVERS_ENTRY}
    WHERE ${which} GROUP BY 1, 2, 3, 4`;
