import type { DataHealth } from '@/lib/insight/data/reads';
import { sourceName } from '@/lib/insight/data/words';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';

/** A number that begins a sentence or stands in one, with its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

/** Whether the figures can be trusted, in one line: what weighs most comes first. @param differences of the last proof, null without one */
export function firstLine({ sources, unpriced, counts }: DataHealth, differences: number | null, zone: string): string {
  if (sources.length === 0) return 'No source has sent anything yet.';
  if (differences !== null && differences > 0) return `The ledger and what is kept from it differ in ${counted(differences, 'figure')}.`;
  const stale = sources.filter((each) => each.stale);
  const waiting = waitingWords(unpriced);
  if (stale.length > 0) {
    const [worst] = stale;
    const since = worst ? `, ${sourceName(worst.source)} silent since ${formatDayTime(worst.lastReceivedAt, zone)}` : '';
    const which =
      stale.length === sources.length
        ? stale.length === 1
          ? 'The only source is'
          : `All ${stale.length} sources are`
        : `${stale.length} of ${sources.length} sources ${stale.length === 1 ? 'is' : 'are'}`;
    return `${which} stale${since}${waiting === '' ? '' : `; ${waiting}`}.`;
  }
  const fresh = sources.length === 1 ? 'The only source is fresh' : `All ${sources.length} sources are fresh`;
  if (waiting !== '') return `${fresh}; ${waiting}.`;
  if (counts.rejected > 0) return `${fresh}, everything has a price; ${counted(counts.rejected, 'record')} rejected in 31 days.`;
  return `${fresh} and everything has a price${differences === 0 ? '; the ledger adds up' : ''}.`;
}

function waitingWords(unpriced: DataHealth['unpriced']): string {
  if (unpriced.length === 0) return '';
  const calls = unpriced.reduce((sum, each) => sum + each.calls, 0);
  const upper = unpriced.reduce((sum, each) => sum + BigInt(each.upperNanoUsd), 0n);
  const models = unpriced.length === 1 ? 'one model' : `${unpriced.length} models`;
  return `${counted(calls, 'call')} of ${models} ${calls === 1 ? 'waits' : 'wait'} for a price (${formatMoney(upper, { sign: 'at_least' })})`;
}
