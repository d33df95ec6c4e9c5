import { z } from 'zod';
import { door, openDoor } from '@/lib/http/door';
import { toIso } from '@/lib/kernel/instant';
import { pageOf } from '@/lib/kernel/pages';
import { type Cell, csvResponse } from './csv';
import { readUsage, recordOut } from './reads';
import { eachLedgerRow, type LedgerRow, takeFilePlace } from './records';
import { filterQuery, selectionOf, usageQuery } from './schema';

export const listUsageDoor = door({
  method: 'GET',
  path: '/api/v1/usage',
  right: 'spend.read',
  tag: 'Usage',
  summary: 'The ledger rows behind a figure, latest booked first',
  query: usageQuery,
  answer: pageOf(recordOut),
  run: (ctx, { query }) => readUsage(ctx, query),
});

/** The columns of the file, and what a row has in each. Amounts add up to the figure that the same query gives. */
const CELLS: Record<string, (row: LedgerRow) => Cell> = {
  id: (row) => row.id,
  kind: (row) => row.kind,
  event_id: (row) => row.eventId,
  hold_id: (row) => row.holdId,
  corrects: (row) => row.corrects,
  occurred_at: (row) => toIso(row.occurredAt),
  booked_at: (row) => toIso(row.bookedAt),
  received_at: (row) => toIso(row.receivedAt),
  workload: (row) => row.workload,
  feature: (row) => row.feature,
  provider: (row) => row.provider,
  model: (row) => row.model,
  model_called: (row) => row.modelCalled,
  traffic_stage: (row) => row.trafficStage,
  customer: (row) => row.customer,
  team: (row) => row.team,
  cost_centre: (row) => row.costCentre,
  tags: (row) => JSON.stringify(row.tags),
  source: (row) => row.source,
  response_id: (row) => row.responseId,
  units: (row) => JSON.stringify(row.units),
  calls: (row) => row.calls,
  basis: (row) => row.basis,
  amount_nano_usd: (row) => row.amountNano,
  stated_nano_usd: (row) => row.statedNano,
  price_ref: (row) => row.priceRef,
  latency_ms: (row) => row.latencyMs,
};
const READ_CELLS = Object.values(CELLS);

export const usageCsvDoor = openDoor({
  method: 'GET',
  path: '/api/v1/usage.csv',
  right: 'export.read',
  tag: 'Usage',
  summary: 'The ledger rows behind a figure as a file whose amounts add up to it',
  query: filterQuery,
  answer: z.string(),
  run: async (caller, { query }) => {
    const selection = selectionOf(query as z.output<typeof filterQuery>);
    const giveBack = takeFilePlace();
    return csvResponse('usage', Object.keys(CELLS), (write) =>
      eachLedgerRow(caller.orgId, selection, (row) => write(READ_CELLS.map((cellOf) => cellOf(row)))).finally(giveBack),
    );
  },
});
