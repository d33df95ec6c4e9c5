import type { Units } from '@/lib/kernel/units';
import type { Allow } from '@/lib/spend/schema';
import type { Settling } from './hold';
import type { Reading } from './wire/endpoint';

/** How a call went, as far as its answer says. */
export type Went = { reading: Reading; isWhole: boolean; textBytes: number; latencyMs: number };

/**
 * What is booked for a call. Of an answer that came whole, what the provider reports counts, an explicit zero too; without a report
 * it is counted: the bound of its input and a token for each byte of text. One that was cut is the worst that it can have been,
 * whatever it had reported: nobody knows what the provider went on to write. Never less than may be owed.
 */
export function settlingOf(allowed: Allow, { reading, isWhole, textBytes, latencyMs }: Went): Settling {
  const worst = allowed.maxUnits as Units & { output: number };
  const reported = isWhole ? reading.units : null;
  const counted = isWhole ? { ...worst, output: Math.min(worst.output, textBytes) } : worst;
  return {
    units: reported ?? counted,
    provider: allowed.provider,
    ...(reading.model === null ? {} : { model: reading.model }),
    ...(reading.responseId === null ? {} : { responseId: reading.responseId.slice(0, 200) }),
    ...(reported === null ? { outcome: 'unknown' as const } : {}),
    latencyMs: Math.round(latencyMs),
  };
}
