import { type Tx, transaction } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, instant, toIso } from '@/lib/kernel/instant';
import type { Filter } from './plan';
import { filtersOf, rangeOf, Values } from './selection-sql';

/** Which ledger rows: booked in [from, to), with one of the values of every filter. */
export type Selection = { from: Instant; to: Instant; filters: Filter[] };

/** A ledger row as people see it. */
export type LedgerRow = {
  id: bigint;
  kind: string;
  eventId: string | null;
  holdId: string | null;
  corrects: bigint | null;
  occurredAt: Instant;
  bookedAt: Instant;
  receivedAt: Instant;
  workload: string;
  feature: string;
  provider: string;
  model: string;
  modelCalled: string;
  trafficStage: string;
  customer: string;
  tags: Record<string, string>;
  team: string;
  costCentre: string;
  source: string;
  responseId: string | null;
  units: Record<string, number>;
  calls: number;
  basis: string;
  amountNano: bigint;
  statedNano: bigint | null;
  priceRef: string | null;
  latencyMs: number | null;
  late: boolean;
};

const COLUMNS = `r.id, r.kind, r.event_id AS "eventId", r.hold_id AS "holdId", r.corrects, r.occurred_at AS "occurredAt", r.booked_at AS "bookedAt",
  r.received_at AS "receivedAt", r.workload, r.feature, r.provider, r.model, r.model_called AS "modelCalled", r.traffic_stage AS "trafficStage",
  r.customer, r.tags, r.team, r.cost_centre AS "costCentre", r.source, r.response_id AS "responseId", r.units, r.calls, r.basis,
  r.amount_nano AS "amountNano", r.stated_nano AS "statedNano", r.price_ref AS "priceRef", r.latency_ms AS "latencyMs", r.late`;

/** Where a page begins: after this row in the order of booking. */
export type Place = { bookedAt: Instant; id: bigint };

/** Ledger rows behind a figure, latest booked first (or first booked first), from after a place on. */
export function ledgerRows(
  tx: Tx,
  orgId: string,
  selection: Selection,
  page: { after: Place | null; limit: number; oldestFirst?: boolean },
): Promise<LedgerRow[]> {
  const values = new Values();
  const [than, direction] = page.oldestFirst ? ['>', 'ASC'] : ['<', 'DESC'];
  const where = [`r.org_id = ${values.add(orgId)}`, rangeOf('r.booked_at', selection, values)];
  if (page.after)
    where.push(`(r.booked_at, r.id) ${than} (${values.add(toIso(page.after.bookedAt))}::timestamptz, ${values.add(page.after.id)}::int8)`);
  const sql = `SELECT ${COLUMNS} FROM ledger_entry r WHERE ${where.join(' AND ')}${filtersOf(selection.filters, 'ledger', values)}
    ORDER BY r.booked_at ${direction}, r.id ${direction} LIMIT ${values.add(page.limit)}`;
  return tx.query<LedgerRow>(sql, values.list);
}

/** A moment that a cursor names. @throws Fault cursor.malformed */
export function momentIn(place: string | number | undefined): Instant {
  if (typeof place === 'number') return instant(place);
  throw new Fault('cursor.malformed', 'This cursor is not from this list: leave it out to begin at the start.');
}

/** A place as a cursor keeps it. */
export const placeIn = ({ bookedAt, id }: Place): (string | number)[] => [bookedAt, String(id)];

/** The place that a cursor keeps. @throws Fault cursor.malformed */
export function placeFrom(place: (string | number)[] | null): Place | null {
  if (place === null) return null;
  const id = String(place[1]);
  return { bookedAt: momentIn(/^\d{1,18}$/.test(id) ? place[0] : undefined), id: BigInt(id) };
}

/** Rows read at once for a file. */
const PAGE = 2_000;
/** A file holds a connection while it is read; more of them at once would leave none for decisions. */
const MOST_AT_ONCE = 3;
const held = globalThis as { hardstopFiles?: number };

/** Takes one of the three places for files. @returns gives it back · @throws Fault export.too_many when all are taken */
export function takeFilePlace(): () => void {
  if ((held.hardstopFiles ?? 0) >= MOST_AT_ONCE) {
    throw new Fault('export.too_many', 'Three files are being read already. Try again in a moment.', { retryAfterSeconds: 5 });
  }
  held.hardstopFiles = (held.hardstopFiles ?? 0) + 1;
  return () => {
    held.hardstopFiles = (held.hardstopFiles ?? 1) - 1;
  };
}

/**
 * Hands on all ledger rows of a selection, first booked first, as they were at one moment: what is booked meanwhile is in no page.
 * @param each is waited for, row by row; what it throws ends the reading
 */
export function eachLedgerRow(orgId: string, selection: Selection, each: (row: LedgerRow) => Promise<void>): Promise<void> {
  return transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (let after: Place | null = null; ; ) {
      const rows: LedgerRow[] = await ledgerRows(tx, orgId, selection, { after, limit: PAGE, oldestFirst: true });
      for (const row of rows) await each(row);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last;
    }
  });
}
