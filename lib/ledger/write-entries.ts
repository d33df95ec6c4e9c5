import { type Tx, together } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';
import { type Column, sharing } from './columns';
import type { Books, NewEntry } from './entry';
import { sumsOf, writeRollups } from './write-rollups';

/** What a row of the ledger has, but its organisation and its id. */
export const COLUMNS: Column<NewEntry>[] = [
  { name: 'kind', type: 'text', of: (entry) => entry.kind, isShared: true },
  { name: 'event_id', type: 'text', of: (entry) => entry.eventId },
  { name: 'hold_id', type: 'text', of: (entry) => entry.holdId },
  { name: 'corrects', type: 'int8', of: (entry) => entry.corrects, isShared: true },
  { name: 'occurred_at', type: 'timestamptz', of: (entry) => toIso(entry.occurredAt), isShared: true },
  { name: 'booked_at', type: 'timestamptz', of: (entry) => toIso(entry.bookedAt) },
  { name: 'received_at', type: 'timestamptz', of: (entry) => toIso(entry.receivedAt), isShared: true },
  { name: 'workload', type: 'text', of: (entry) => entry.workload, isShared: true },
  { name: 'feature', type: 'text', of: (entry) => entry.feature, isShared: true },
  { name: 'provider', type: 'text', of: (entry) => entry.provider, isShared: true },
  { name: 'model', type: 'text', of: (entry) => entry.model, isShared: true },
  { name: 'model_called', type: 'text', of: (entry) => entry.modelCalled, isShared: true },
  { name: 'asked_provider', type: 'text', of: (entry) => entry.askedProvider, isShared: true },
  { name: 'asked_model', type: 'text', of: (entry) => entry.askedModel, isShared: true },
  { name: 'traffic_stage', type: 'text', of: (entry) => entry.trafficStage, isShared: true },
  { name: 'customer', type: 'text', of: (entry) => entry.customer },
  { name: 'tags', type: 'jsonb', of: (entry) => JSON.stringify(entry.tags) },
  { name: 'team', type: 'text', of: (entry) => entry.team, isShared: true },
  { name: 'cost_centre', type: 'text', of: (entry) => entry.costCentre, isShared: true },
  { name: 'unassigned', type: 'bool', of: (entry) => entry.unassigned, isShared: true },
  { name: 'source', type: 'text', of: (entry) => entry.source, isShared: true },
  { name: 'response_id', type: 'text', of: (entry) => entry.responseId },
  { name: 'units', type: 'jsonb', of: (entry) => JSON.stringify(entry.units) },
  { name: 'calls', type: 'int4', of: (entry) => entry.calls, isShared: true },
  { name: 'basis', type: 'text', of: (entry) => entry.basis, isShared: true },
  { name: 'amount_nano', type: 'int8', of: (entry) => entry.amountNano },
  { name: 'stated_nano', type: 'int8', of: (entry) => entry.statedNano, isShared: true },
  { name: 'price_ref', type: 'text', of: (entry) => entry.priceRef, isShared: true },
  { name: 'latency_ms', type: 'int4', of: (entry) => entry.latencyMs },
  { name: 'late', type: 'bool', of: (entry) => entry.late, isShared: true },
  { name: 'api_key_id', type: 'text', of: (entry) => entry.apiKeyId, isShared: true },
];

const FEW = sharing(COLUMNS, 2);
const INSERT_FEW = `INSERT INTO ledger_entry (org_id, ${FEW.names}) SELECT $1, ${FEW.select} FROM ${FEW.from}`;

/** Reported usage has times of its own: were they shared, no two rows would have the same. */
const MANY = sharing(
  COLUMNS.map((column) => (column.name === 'occurred_at' ? { ...column, isShared: undefined } : column)),
  2,
);
const INSERT_MANY = `INSERT INTO ledger_entry (org_id, ${MANY.names}) SELECT $1, ${MANY.select} FROM ${MANY.from}`;

/**
 * Writes the rows of a few hundred entries alone; their sums are the caller's to write in the same transaction (`writeRollups`).
 * Waits for no other writer.
 */
export async function insertEntries(tx: Tx, orgId: string, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(INSERT_FEW, [orgId, ...FEW.values(entries)], 'ledger_insert_few');
}

/**
 * Writes entries to the ledger and adds them to the rollups by hour, day, unit and label, in the caller's transaction.
 */
export async function writeEntries(tx: Tx, books: Books, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const sums = await sumsOf(tx, books, entries);
  await together([tx.query(INSERT_MANY, [books.orgId, ...MANY.values(entries)], 'ledger_insert'), writeRollups(tx, books, sums)]);
}
