import { burnWindow, isBurning, lastTwelfth } from '@/lib/budget/threshold/burn';
import { levelWords } from '@/lib/budget/threshold/firing';
import { keepMinutes, spentSince } from '@/lib/budget/threshold/minutes';
import type { Context } from '@/lib/context';
import { formatLength } from '@/lib/kernel/format-time';
import { MICROS_PER_MS, minus } from '@/lib/kernel/instant';
import { type Found, fireFound } from './fire';
import { lockWatched, type Watched } from './watched';

/**
 * Looks at the burn rates of an organisation's budgets, each minute: how much of an amount was spent within a window, and whether it
 * still is. @returns how many fired
 */
export async function watchBurnRates(ctx: Context): Promise<number> {
  const watched = await lockWatched(ctx, 'burn');
  let fired = 0;
  for (const each of watched) fired += await fireFound(ctx, each.meter, await foundOf(ctx, each));
  await keepMinutes(
    ctx,
    watched.map((each) => each.meter),
  );
  return fired;
}

async function foundOf(ctx: Context, { meter: m, thresholds }: Watched): Promise<Found[]> {
  const found: Found[] = [];
  for (const threshold of thresholds) {
    const window = burnWindow(threshold.atPpm, m);
    const all = await spentSince(ctx, m, minus(ctx.now, window));
    const last = await spentSince(ctx, m, minus(ctx.now, lastTwelfth(window)));
    const isMet = all !== null && last !== null && isBurning(all, last, m.amount, threshold.atPpm);
    const finding = `spends ${levelWords(threshold.atPpm)} of its amount within ${formatLength(window / MICROS_PER_MS)}`;
    found.push({ threshold, isMet, finding, window });
  }
  return found;
}
