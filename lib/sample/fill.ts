import { audit } from '@/lib/audit/write';
import type { Context } from '@/lib/context';
import { transaction } from '@/lib/db';
import { days, type Instant, instant, minutes, toIso } from '@/lib/kernel/instant';
import { periodAt } from '@/lib/kernel/period';
import { proveLedger } from '@/lib/spend/proof/prove-ledger';
import type { Cast, People } from './cast';
import { storyBegins } from './make';
import { tell } from './tell';

/** How far the telling of a sample's story has come, in days. */
export type Progress = { done: number; total: number; failed: boolean };

const telling = globalThis as { hardstopSamples?: Map<string, Progress> };

/** How far it has come in this process; null where this process is not telling it. */
export const progressOf = (orgId: string): Progress | null => telling.hardstopSamples?.get(orgId) ?? null;

/** The last call that is told at first: some minutes ago, as with real traffic. */
const LAG = minutes(3);

/**
 * Tells the whole story of a sample that has just been made, day by day, and notes in its own log when it is told.
 * @param ctx whoever asked; its transaction is not used
 */
export async function fillSample(ctx: Omit<Context, 'tx'>, cast: Cast & { people: People }): Promise<void> {
  const { owner } = cast.people;
  telling.hardstopSamples ??= new Map();
  const begins = storyBegins(cast.calendar, cast.today);
  const until = instant(cast.today - LAG);
  const total = Math.ceil((until - begins) / days(1));
  const progress: Progress = { done: 0, total, failed: false };
  telling.hardstopSamples.set(cast.program.orgId, progress);
  try {
    for (let from: Instant = begins; from < until; progress.done++) {
      const to = instant(Math.min(until, periodAt('day', cast.calendar, from).endsAt));
      await tell(cast, from, to);
      from = to;
    }
    await proveLedger(cast.program.orgId);
    await transaction(async (tx) => {
      const own = { ...ctx, ...owner, now: cast.today, tx };
      await tx.query('UPDATE organisation SET sample_told_at = $2 WHERE id = $1', [own.orgId, toIso(cast.today)]);
      return audit(own, 'sample.filled', { kind: 'organisation', id: own.orgId }, null, { days: total });
    });
  } catch (error) {
    progress.failed = true;
    throw error;
  }
}
