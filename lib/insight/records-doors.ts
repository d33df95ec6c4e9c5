import { z } from 'zod';
import { door, openDoor } from '@/lib/http/door';
import { toIso } from '@/lib/kernel/instant';
import { page, pageOf, placeOf } from '@/lib/kernel/pages';
import { type Cell, csvResponse } from './csv';
import { eachLedgerRow, type LedgerRow, ledgerRows, placeFrom, placeIn, takeFilePlace } from './records';
import { filterQuery, selectionOf, usageQuery } from './schema';

const text = z.string();
const orNull = z.string().nullable();

const recordOut = z.object({
  ...{ id: text, kind: text, eventId: orNull, holdId: orNull, corrects: orNull, occurredAt: text, bookedAt: text, receivedAt: text },
  ...{ workload: text, feature: text, provider: text, model: text, modelCalled: text, trafficStage: text, customer: text },
  ...{ tags: z.record(text, text), team: text, costCentre: text, source: text, responseId: orNull },
  ...{ units: z.record(text, z.number()), calls: z.number(), basis: text, amountNanoUsd: text, statedNanoUsd: orNull },
  ...{ priceRef: orNull, latencyMs: z.number().nullable(), late: z.boolean() },
});

const recordOf = ({
  amountNano,
  statedNano,
  id,
  corrects,
  occurredAt,
  bookedAt,
  receivedAt,
  ...rest
}: LedgerRow): z.output<typeof recordOut> => ({
  ...rest,
  id: String(id),
  corrects: corrects === null ? null : String(corrects),
  occurredAt: toIso(occurredAt),
  bookedAt: toIso(bookedAt),
  receivedAt: toIso(receivedAt),
  amountNanoUsd: String(amountNano),
  statedNanoUsd: statedNano === null ? null : String(statedNano),
});

export const listUsageDoor = door({
  method: 'GET',
  path: '/api/v1/usage',
  right: 'spend.read',
  tag: 'Usage',
  summary: 'The ledger rows behind a figure, latest booked first',
  query: usageQuery,
  answer: pageOf(recordOut),
  async run(ctx, { query: { limit, cursor, ...rest } }) {
    const after = placeFrom(placeOf(cursor as string | undefined, 2));
    const rows = await ledgerRows(ctx.tx, ctx.orgId, selectionOf(rest as z.output<typeof filterQuery>), { after, limit: limit + 1 });
    return page(rows, limit, recordOf, placeIn);
  },
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
