import { type Tx, together } from '@/lib/db';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Column, namesOf, unnestOf, valuesOf } from './columns';
import type { Books, NewEntry } from './entry';
import { rollUp } from './roll-up';
import { capped, writeRollups } from './write-rollups';

/** ISO text of an instant; the last one is remembered, as three columns of a row and most rows of a batch share it. */
let lastAt: Instant | null = null;
let lastIso = '';
function iso(at: Instant): string {
  if (at !== lastAt) {
    lastAt = at;
    lastIso = toIso(at);
  }
  return lastIso;
}

const COLUMNS: Column<NewEntry>[] = [
  { name: 'kind', type: 'text', of: (entry) => entry.kind },
  { name: 'event_id', type: 'text', of: (entry) => entry.eventId },
  { name: 'hold_id', type: 'text', of: (entry) => entry.holdId },
  { name: 'corrects', type: 'int8', of: (entry) => entry.corrects },
  { name: 'occurred_at', type: 'timestamptz', of: (entry) => iso(entry.occurredAt) },
  { name: 'booked_at', type: 'timestamptz', of: (entry) => iso(entry.bookedAt) },
  { name: 'received_at', type: 'timestamptz', of: (entry) => iso(entry.receivedAt) },
  { name: 'workload', type: 'text', of: (entry) => entry.workload },
  { name: 'feature', type: 'text', of: (entry) => entry.feature },
  { name: 'provider', type: 'text', of: (entry) => entry.provider },
  { name: 'model', type: 'text', of: (entry) => entry.model },
  { name: 'model_called', type: 'text', of: (entry) => entry.modelCalled },
  { name: 'asked_provider', type: 'text', of: (entry) => entry.askedProvider },
  { name: 'asked_model', type: 'text', of: (entry) => entry.askedModel },
  { name: 'traffic_stage', type: 'text', of: (entry) => entry.trafficStage },
  { name: 'customer', type: 'text', of: (entry) => entry.customer },
  { name: 'tags', type: 'jsonb', of: (entry) => JSON.stringify(entry.tags) },
  { name: 'team', type: 'text', of: (entry) => entry.team },
  { name: 'cost_centre', type: 'text', of: (entry) => entry.costCentre },
  { name: 'unassigned', type: 'bool', of: (entry) => entry.unassigned },
  { name: 'source', type: 'text', of: (entry) => entry.source },
  { name: 'response_id', type: 'text', of: (entry) => entry.responseId },
  { name: 'units', type: 'jsonb', of: (entry) => JSON.stringify(entry.units) },
  { name: 'calls', type: 'int4', of: (entry) => entry.calls },
  { name: 'basis', type: 'text', of: (entry) => entry.basis },
  { name: 'amount_nano', type: 'int8', of: (entry) => entry.amountNano },
  { name: 'stated_nano', type: 'int8', of: (entry) => entry.statedNano },
  { name: 'price_ref', type: 'text', of: (entry) => entry.priceRef },
  { name: 'latency_ms', type: 'int4', of: (entry) => entry.latencyMs },
  { name: 'late', type: 'bool', of: (entry) => entry.late },
  { name: 'api_key_id', type: 'text', of: (entry) => entry.apiKeyId },
];

const INSERT = `INSERT INTO ledger_entry (org_id, ${namesOf(COLUMNS)}) SELECT $1, t.* FROM unnest(${unnestOf(COLUMNS, 2)}) AS t RETURNING id`;

/**
 * Writes entries to the ledger and adds them to the rollups by hour, day, unit and label, in the caller's transaction.
 * @returns the entries' ids, in their order
 */
export async function writeEntries(tx: Tx, books: Books, entries: readonly NewEntry[]): Promise<bigint[]> {
  if (entries.length === 0) return [];
  const sums = await capped(tx, books, rollUp(books, entries));
  const [rows] = await together([
    tx.query<{ id: bigint }>(INSERT, [books.orgId, ...valuesOf(COLUMNS, entries)], 'ledger_insert'),
    writeRollups(tx, books, sums),
  ]);
  return rows.map((row) => row.id);
}
