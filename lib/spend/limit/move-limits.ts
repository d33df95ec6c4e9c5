import { isSpent } from '@/lib/budget/admission';
import { isCurrent, noteLimit, type RatedMeter } from '@/lib/budget/current';
import { above, charged, limit } from '@/lib/budget/figures';
import { openAmount } from '@/lib/budget/grant/use';
import { amountInNano } from '@/lib/budget/make-period';
import { noteExcess } from '@/lib/budget/meter';
import { rearmLevels } from '@/lib/budget/threshold/firing';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { type Ppm, shareOf } from '@/lib/kernel/money';
import { raiseStop, type StopCause } from '@/lib/stop/raise';

/**
 * Gives locked periods a new amount and hard stop, and keeps both for the charts. What then lies above the limit is an excess of a
 * lowered limit; another amount arms the levels again. @param amount decimal text, turned by the rate that each period was made with; null: as it is
 */
export async function moveLimits(ctx: Context, meters: RatedMeter[], amount: string | null, stopAt: Ppm): Promise<void> {
  for (const m of meters) {
    const [was, before] = [{ amount: m.amount, hardStop: m.hardStop }, above(m)];
    if (amount !== null) m.amount = amountInNano(amount, m.rateNano);
    m.hardStop = shareOf(m.amount, stopAt);
    if (m.amount !== was.amount) await rearmLevels(ctx, m.budgetId, meters);
    refuseOpenGrants(m);
    if (m.amount === was.amount && m.hardStop === was.hardStop) continue;
    m.changed = true;
    noteExcess(m, before, 'limit_lowered');
    await noteLimit(ctx, m);
  }
}

/** Open grants lie in the reserve: it cannot be made smaller than they are. @throws Fault budget.grants_open */
function refuseOpenGrants(m: RatedMeter): void {
  const open = openAmount(m.grants);
  const reserve = m.amount - m.hardStop;
  if (open <= reserve) return;
  throw new Fault(
    'budget.grants_open',
    `Grants of ${formatMoney(open)} are open, and the reserve would be ${formatMoney(reserve)}. End them first, or leave more between the stop level and the amount.`,
  );
}

/**
 * Raises the stop that a change brings about; one that refuses calls only with a yes. A budget stopped already stays as it is.
 * @throws Fault budget.raises_stop (409) without the yes; nothing has been changed then, as the transaction is rolled back
 */
export async function raiseIfSpent(ctx: Context, name: string, meters: RatedMeter[], cause: StopCause, confirm: boolean): Promise<void> {
  const m = meters.find((each) => isCurrent(each, ctx.now));
  if (!m || m.stopId !== null || !isSpent(m)) return;
  if (m.enforcing && !confirm) {
    throw new Fault(
      'budget.raises_stop',
      `This raises the stop of "${name}" at once: ${formatMoney(charged(m))} is charged and its limit would be ${formatMoney(limit(m))}. Every paid call of its scope would be refused. Send confirm: true to do it all the same.`,
    );
  }
  await raiseStop(ctx, m, cause);
}
