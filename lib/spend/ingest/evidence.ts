import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { arrayText } from '@/lib/ledger/columns';
import type { Told } from './keys';
import type { UsageRecord } from './record';

/** What a second source said of a call that is booked already. */
export type Evidence = {
  record: Pick<UsageRecord, 'eventId' | 'provider' | 'responseId' | 'units'>;
  amountNano: NanoUsd;
  told: Pick<Told, 'amountNano'>;
};

/** Keeps second sources as evidence: they add no money, and by how much they differ is shown on Data. */
export async function writeEvidence(ctx: Context, source: string, evidence: readonly Evidence[]): Promise<void> {
  if (evidence.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO evidence (org_id, event_id, provider, response_id, source, received_at, units, amount_nano, difference_nano)
     SELECT $1, t.event_id, t.provider, t.response_id, $2, $3, t.units::jsonb, t.amount, t.amount - t.booked
       FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::int8[], $9::int8[]) AS t(event_id, provider, response_id, units, amount, booked)`,
    [
      ctx.orgId,
      source,
      toIso(ctx.now),
      arrayText(evidence.map(({ record }) => record.eventId)),
      arrayText(evidence.map(({ record }) => record.provider)),
      arrayText(evidence.map(({ record }) => record.responseId ?? '')),
      arrayText(evidence.map(({ record }) => JSON.stringify(record.units))),
      arrayText(evidence.map((each) => each.amountNano)),
      arrayText(evidence.map(({ told }) => told.amountNano)),
    ],
  );
}
