import { only, type Tx, type Value } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { dayStart, localDay } from '@/lib/kernel/period';
import { arrayText } from './columns';
import type { Books } from './entry';
import { hourStarts } from './hours';
import { MAX_VALUES, OTHER } from './label-values';
import { labelNames } from './roll-up';

/** What the rollups must be, worked out in SQL from the ledger alone: four queries over the same `WITH`, and their values. */
export type Expected = { with: string; values: Value[]; hour: string; day: string; unit: string; label: string };

const CUT = 'workload, feature, provider, model, traffic_stage';

/**
 * SQL that adds the ledger up as the rollups do, by the calendar's hours and days. It shares no code with the writing of rollups
 * but the calendar. Null where the ledger is empty.
 */
export async function expectedRollups(tx: Tx, books: Books): Promise<Expected | null> {
  const { orgId, calendar } = books;
  const span = only(
    await tx.query<{ first: Instant | null; last: Instant | null }>(
      'SELECT min(booked_at) AS first, max(booked_at) AS last FROM ledger_entry WHERE org_id = $1',
      [orgId],
    ),
  );
  if (span.first === null || span.last === null) return null;
  const hours = hourStarts(calendar, span.first, span.last);
  const days = hours.map((hour) => localDay(calendar, hour));
  const starts = new Map([...new Set(days)].map((day) => [day, toIso(dayStart(calendar, day))]));
  const values: Value[] = [
    orgId,
    arrayText(hours.map(toIso)),
    arrayText(days),
    arrayText(days.map((day) => starts.get(day) ?? '')),
    arrayText(labelNames(books.labelTags)),
  ];
  // OFFSET keeps the planner from finding the hour of a row three times.
  const rows = `booked AS NOT MATERIALIZED (
      SELECT p.*, ($2::timestamptz[])[slot] AS hour, ($3::date[])[slot] AS day, ($4::timestamptz[])[slot] AS day_start
        FROM (SELECT e.id, ${CUT}, e.basis, e.calls, e.amount_nano, e.units, e.team, e.cost_centre, e.customer, e.source, e.tags,
                     width_bucket(e.booked_at, $2::timestamptz[]) AS slot FROM ledger_entry e WHERE e.org_id = $1 OFFSET 0) p)`;
  const labels = `labelled AS (
      SELECT b.id, b.day, l.label, b.workload, b.model, b.basis, b.calls, b.amount_nano,
             CASE l.label WHEN 'team' THEN b.team WHEN 'cost_centre' THEN b.cost_centre WHEN 'customer' THEN b.customer WHEN 'source' THEN b.source
                          ELSE coalesce(b.tags ->> substr(l.label, 5), '') END AS value
        FROM booked b CROSS JOIN unnest($5::text[]) AS l(label)),
    places AS (SELECT day, label, value, row_number() OVER (PARTITION BY day, label ORDER BY min(id)) AS place FROM labelled GROUP BY 1, 2, 3)`;
  return {
    with: `${rows}, ${labels}`,
    values,
    hour: `SELECT hour, ${CUT}, basis, sum(calls)::int8 AS calls, sum(amount_nano)::int8 AS amount_nano FROM booked GROUP BY hour, ${CUT}, basis`,
    day: `SELECT day, ${CUT}, basis, sum(calls)::int8 AS calls, sum(amount_nano)::int8 AS amount_nano FROM booked GROUP BY day, ${CUT}, basis`,
    unit: `SELECT g.grain, CASE g.grain WHEN 'hour' THEN b.hour ELSE b.day_start END AS at, ${CUT}, u.unit, sum(u.quantity::int8 * b.calls)::int8 AS quantity
        FROM booked b CROSS JOIN (VALUES ('hour'), ('day')) AS g(grain) CROSS JOIN LATERAL jsonb_each_text(b.units) AS u(unit, quantity)
       GROUP BY 1, 2, ${CUT}, u.unit`,
    label: `SELECT l.day, l.label, CASE WHEN p.place <= ${MAX_VALUES} THEN l.value ELSE '${OTHER}' END AS value, l.workload, l.model, l.basis,
             sum(l.calls)::int8 AS calls, sum(l.amount_nano)::int8 AS amount_nano
        FROM labelled l JOIN places p USING (day, label, value) GROUP BY 1, 2, 3, 4, 5, 6`,
  };
}
