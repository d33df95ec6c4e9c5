import { createHash } from 'node:crypto';
import type { Tx } from '@/lib/db';
import { arrayText } from './columns';
import type { Books } from './entry';
import { inOrder, type LabelCell } from './roll-up';

/** How many values of one label a day keeps apart; the rest is one value, OTHER. */
export const MAX_VALUES = 10_000;
export const OTHER = '(other)';

const MAX_REMEMBERED = 200_000;

/** Values known to have rows, by organisation, zone, day and label. They never lose them, so remembering is safe. */
const cache = globalThis as { hardstopLabelValues?: { known: Map<string, Set<string>>; size: number } };

/**
 * Puts values past the day's first 10,000 of a label under OTHER. A value keeps the place it first got: whether it has one is
 * decided under a lock of the organisation, so that two batches never decide differently about the same value.
 */
export async function capLabels(tx: Tx, books: Books, cells: LabelCell[]): Promise<LabelCell[]> {
  const unknown = cells.filter((cell) => !knownOf(books, cell).has(cell.value));
  if (unknown.length === 0) return cells;
  await tx.query('SELECT pg_advisory_xact_lock($1::int8)', [lockOf(books.orgId)], 'label_values_lock');
  const capped = overflow(await readValues(tx, books, unknown), unknown);
  if (capped.size === 0) return cells;
  const merged = new Map<string, LabelCell>();
  for (const cell of cells) {
    const value = capped.has(slotOf(cell.day, cell.label, cell.value)) ? OTHER : cell.value;
    const key = [cell.day, cell.label, value, cell.workload, cell.model, cell.basis].join('\0');
    const there = merged.get(key);
    if (there) {
      there.calls += cell.calls;
      there.amountNano += cell.amountNano;
    } else merged.set(key, { ...cell, value, key });
  }
  return inOrder(merged);
}

/** What the database has of a label's day: how many values, and which of the wanted ones. */
type Found = { day: string; label: string; count: bigint; there: string[] };

async function readValues(tx: Tx, books: Books, cells: LabelCell[]): Promise<Found[]> {
  const rows = await tx.query<Found>(
    `SELECT w.day, w.label,
            (SELECT count(DISTINCT r.value) FROM rollup_label r WHERE r.org_id = $1 AND r.day = w.day AND r.label = w.label) AS count,
            coalesce(array_agg(w.value) FILTER (WHERE EXISTS (
              SELECT FROM rollup_label r WHERE r.org_id = $1 AND r.day = w.day AND r.label = w.label AND r.value = w.value)), '{}') AS there
       FROM (SELECT DISTINCT * FROM unnest($2::date[], $3::text[], $4::text[]) AS t(day, label, value)) w
      GROUP BY w.day, w.label`,
    [
      books.orgId,
      arrayText(cells.map((cell) => cell.day)),
      arrayText(cells.map((cell) => cell.label)),
      arrayText(cells.map((cell) => cell.value)),
    ],
    'label_values',
  );
  for (const { day, label, there } of rows) remember(books, day, label, there);
  return rows;
}

/** The values that come too late for a place of their own, as `slotOf` names them. */
function overflow(found: Found[], cells: LabelCell[]): Set<string> {
  const capped = new Set<string>();
  const places = new Map(
    found.map((each) => [`${each.day} ${each.label}`, { left: MAX_VALUES - Number(each.count), there: new Set(each.there) }]),
  );
  for (const { day, label, value } of cells) {
    const place = places.get(`${day} ${label}`);
    if (!place || place.there.has(value) || value === OTHER) continue;
    if (place.left > 0) {
      place.left -= 1;
      place.there.add(value);
    } else capped.add(slotOf(day, label, value));
  }
  return capped;
}

const slotOf = (day: string, label: string, value: string): string => `${day}\0${label}\0${value}`;
const NONE: ReadonlySet<string> = new Set();
const keyOf = (books: Books, day: string, label: string): string => `${books.orgId}\0${books.calendar.zone}\0${day}\0${label}`;

const knownOf = (books: Books, cell: LabelCell): ReadonlySet<string> =>
  cache.hardstopLabelValues?.known.get(keyOf(books, cell.day, cell.label)) ?? NONE;

function remember(books: Books, day: string, label: string, values: string[]): void {
  if (values.length === 0) return;
  if ((cache.hardstopLabelValues?.size ?? 0) > MAX_REMEMBERED) cache.hardstopLabelValues = undefined;
  cache.hardstopLabelValues ??= { known: new Map(), size: 0 };
  const { known } = cache.hardstopLabelValues;
  const key = keyOf(books, day, label);
  const set = known.get(key) ?? new Set();
  known.set(key, set);
  cache.hardstopLabelValues.size -= set.size;
  for (const value of values) set.add(value);
  cache.hardstopLabelValues.size += set.size;
}

/** Forgets what this process remembers: after a rebuild of an organisation's labels. */
export const forgetLabelValues = (): void => {
  cache.hardstopLabelValues = undefined;
};

const lockOf = (orgId: string): bigint => createHash('sha256').update(`label-values:${orgId}`).digest().readBigInt64BE();
