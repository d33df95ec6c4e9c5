import { z } from 'zod';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { toIso } from '@/lib/kernel/instant';
import { arrayText } from '@/lib/ledger/columns';
import { outcomeFields } from '../ingest/schema';

/** What came of a call, told after its record. At least one field; what is left out stays as it was. */
export const outcomeIn = z
  .strictObject(outcomeFields)
  .refine((said) => Object.values(said).some((value) => value != null), 'Send outcome, quality or converted.');
export type OutcomeIn = z.output<typeof outcomeIn>;

export const outcomeOut = z.object({
  eventId: z.string(),
  outcome: z.string().nullable(),
  quality: z.number().nullable(),
  converted: z.boolean().nullable(),
  at: z.string(),
});

/** What came of a call, by its event id, or by its hold's where it has none. */
export type OutcomeTold = { eventId: string; outcome: string | null; quality: number | null; converted: boolean | null };

/** Keeps the outcomes that came with records and settlements. */
export async function writeOutcomes(ctx: Context, calls: readonly OutcomeTold[]): Promise<void> {
  const told = calls.filter((each) => each.outcome !== null || each.quality !== null || each.converted !== null);
  if (told.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO outcome (org_id, event_id, at, outcome, quality, converted)
     SELECT $1, t.event_id, $2, t.outcome, t.quality, t.converted FROM unnest($3::text[], $4::text[], $5::float8[], $6::bool[])
         AS t(event_id, outcome, quality, converted)`,
    [
      ctx.orgId,
      toIso(ctx.now),
      arrayText(told.map((each) => each.eventId)),
      arrayText(told.map((each) => each.outcome)),
      arrayText(told.map((each) => each.quality)),
      arrayText(told.map((each) => each.converted)),
    ],
    'write_outcomes',
  );
}

/**
 * Adds what came of a call later; rows before it stay.
 * @param eventId of its record, or the id of its settled hold · @throws Fault usage.not_found
 */
export async function addOutcome(ctx: Context, eventId: string, said: OutcomeIn): Promise<z.output<typeof outcomeOut>> {
  const known = await ctx.tx.query(
    `SELECT FROM event_key WHERE org_id = $1 AND event_id = $2 UNION ALL SELECT FROM hold WHERE org_id = $1 AND id = $2 AND state = 'settled'`,
    [ctx.orgId, eventId],
  );
  if (known.length === 0) throw new Fault('usage.not_found', 'No usage with this event id was booked. Send the record first.');
  const { outcome = null, quality = null, converted = null } = said;
  await ctx.tx.query(
    `INSERT INTO outcome (org_id, event_id, at, outcome, quality, converted) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (org_id, event_id, at) DO UPDATE SET outcome = coalesce(excluded.outcome, outcome.outcome),
       quality = coalesce(excluded.quality, outcome.quality), converted = coalesce(excluded.converted, outcome.converted)`,
    [ctx.orgId, eventId, toIso(ctx.now), outcome, quality, converted],
  );
  return { eventId, outcome, quality, converted, at: toIso(ctx.now) };
}
