import type { BudgetSet } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { days, since } from '@/lib/kernel/instant';
import type { NewEntry } from '@/lib/ledger/entry';
import { type Book, costOf, modelOf, priceOf, unpricedUpper } from '@/lib/price/rules';
import type { SeenWorkload } from '@/lib/workload/seen';
import type { UsageRecord } from './record';

/** A record that comes in more than this after it occurred is marked late. */
export const LATE_AFTER = days(1);

/** A cost with how it is known. */
export type Cost = Pick<NewEntry, 'basis' | 'amountNano' | 'statedNano' | 'priceRef' | 'model'>;

/**
 * What a record costs: by the book where it knows every kind of its units (what the source stated is kept beside), else as the
 * source stated, else unpriced at the upper guess. Never 0 for want of a price.
 */
export function costOfRecord(record: UsageRecord, book: Book): Cost {
  const price = priceOf(book, record.provider, record.model, record.occurredAt);
  if (price.kind === 'priced') {
    const cost = costOf(record.units, price.unitPrices);
    if (cost !== null) return { basis: 'priced', amountNano: cost, statedNano: record.costNano, priceRef: price.ref, model: price.model };
  }
  const model = modelOf(price, record.model);
  if (record.costNano !== null) return { basis: 'stated', amountNano: record.costNano, statedNano: record.costNano, priceRef: null, model };
  return { basis: 'unpriced', amountNano: unpricedUpper(record.units, book), statedNano: null, priceRef: null, model };
}

/**
 * The ledger row of a reported record: booked when it occurred, with the team and cost centre that its workload has now. Field by
 * field: an object of so many fields that begins with a spread is kept as a dictionary, several times as dear to make and to read.
 */
export function entryOf(ctx: Context, { record, cost }: { record: UsageRecord; cost: Cost }, seen: SeenWorkload, source: string): NewEntry {
  return {
    kind: 'usage',
    eventId: record.eventId,
    holdId: null,
    corrects: null,
    occurredAt: record.occurredAt,
    bookedAt: record.occurredAt,
    receivedAt: ctx.now,
    workload: record.workload,
    feature: record.feature,
    provider: record.provider,
    model: cost.model,
    modelCalled: record.model,
    askedProvider: null,
    askedModel: null,
    trafficStage: record.trafficStage === '' ? seen.trafficStage : record.trafficStage,
    customer: record.customer,
    tags: record.tags,
    team: seen.team,
    costCentre: seen.costCentre,
    unassigned: !seen.adopted,
    source,
    responseId: record.responseId,
    units: record.units,
    calls: 1,
    basis: cost.basis,
    amountNano: cost.amountNano,
    statedNano: cost.statedNano,
    priceRef: cost.priceRef,
    latencyMs: record.latencyMs,
    late: since(record.occurredAt, ctx.now) > LATE_AFTER,
    apiKeyId: ctx.actor.kind === 'api_key' ? ctx.actor.id : null,
  };
}

/** What of a budget set the ledger needs. */
export const booksOf = ({ orgId, calendar, labelTags }: BudgetSet) => ({ orgId, calendar, labelTags });
