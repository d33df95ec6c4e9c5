import type { Tx } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { type Book, priceOf } from '@/lib/price/rules';
import type { Written } from './pairs';

/** Only rows that book a call and that no reprice has taken back. */
const OPEN = `e.basis = 'unpriced' AND e.calls = 1 AND NOT EXISTS (
  SELECT FROM ledger_entry c WHERE c.org_id = e.org_id AND c.corrects = e.id)`;

/** A model as it was called, with unpriced calls. */
export type UnpricedModel = { provider: string; modelCalled: string };

/** The models with unpriced calls that a book has some price for now: whether it prices each call, its units decide. */
export async function modelsToReprice(tx: Tx, orgId: string, book: Book, now: Instant): Promise<UnpricedModel[]> {
  const models = await tx.query<UnpricedModel>(
    `SELECT e.provider, e.model_called AS "modelCalled" FROM ledger_entry e WHERE e.org_id = $1 AND ${OPEN} GROUP BY 1, 2 ORDER BY 1, 2`,
    [orgId],
  );
  return models.filter((each) => {
    const hasOverride = [...book.overrides.keys()].some((name) => name.startsWith(`${each.provider.trim().toLowerCase()}\n`));
    return hasOverride || priceOf(book, each.provider, each.modelCalled, now).kind === 'priced';
  });
}

/** The next unpriced rows of a model after an id, oldest first. */
export function unpricedRows(tx: Tx, orgId: string, model: UnpricedModel, after: bigint, most: number): Promise<Written[]> {
  return tx.query<Written>(
    `SELECT e.id, e.kind, e.event_id AS "eventId", e.hold_id AS "holdId", e.corrects, e.occurred_at AS "occurredAt", e.booked_at AS "bookedAt",
            e.received_at AS "receivedAt", e.workload, e.feature, e.provider, e.model, e.model_called AS "modelCalled",
            e.asked_provider AS "askedProvider", e.asked_model AS "askedModel", e.traffic_stage AS "trafficStage", e.customer, e.tags, e.team,
            e.cost_centre AS "costCentre", e.unassigned, e.source, e.response_id AS "responseId", e.units, e.calls, e.basis,
            e.amount_nano AS "amountNano", e.stated_nano AS "statedNano", e.price_ref AS "priceRef", e.latency_ms AS "latencyMs", e.late,
            e.api_key_id AS "apiKeyId"
       FROM ledger_entry e
      WHERE e.org_id = $1 AND e.provider = $2 AND e.model_called = $3 AND e.id > $4 AND ${OPEN} ORDER BY e.id LIMIT $5`,
    [orgId, model.provider, model.modelCalled, after, most],
  );
}
