import type { Outlook } from '@/lib/forecast/outlook';
import { formatCount, formatMoney, formatMoneyRange, formatPercent } from '@/lib/kernel/format-money';
import { formatDayRange, formatDayTime, formatShortDay } from '@/lib/kernel/format-time';
import type { BudgetOutlook } from '../outlook/read';
import type { PeriodView } from '../read/view';
import type { BurnUpOut } from './schema';

/** What the picture shows, what it leaves out and what it rests on, in words. */
export function captionOf(
  period: PeriodView,
  outlook: BudgetOutlook,
  enforcing: boolean,
  zone: string,
  withoutActions: BurnUpOut['withoutActions'] = null,
): string {
  return [
    ...spentWords(period),
    ...missingWords(outlook, zone),
    ...expectedWords(outlook, enforcing, zone),
    ...branchWords(withoutActions, zone),
  ].join(' ');
}

/** What actions in force have saved, and where it would go without them. */
function branchWords(withoutActions: BurnUpOut['withoutActions'], zone: string): string[] {
  const end = withoutActions?.points.at(-1);
  if (!withoutActions || !end) return [];
  const saved = formatMoney(withoutActions.savedNanoUsd);
  const without = formatMoney(end.nanoUsd, { style: 'estimate', sign: 'estimate' });
  return [
    `The model in force has saved ${saved} since ${formatDayTime(withoutActions.since, zone)}; at that rate it would end at ${without} without it.`,
  ];
}

/** What no source has told of: up to now it is expected, within the period it would come on top. */
function missingWords({ gaps, curve }: BudgetOutlook, zone: string): string[] {
  return gaps.map(({ startsAt, endsAt }) =>
    curve[0]?.at === startsAt
      ? `Nothing is told since ${formatDayTime(startsAt, zone)}: what is missing is expected from there on, not left out.`
      : `Nothing was told of ${formatDayRange(startsAt, endsAt, zone)}: what is missing would come on top.`,
  );
}

function spentWords(period: PeriodView): string[] {
  const sentences = ['Spend with a known cost, from the start of the period.'];
  if (period.held > 0n) sentences.push(`${formatMoney(period.held)} is set aside by calls under way.`);
  if (period.presumed > 0n) sentences.push(`${formatMoney(period.presumed)} presumed spent is not drawn; it counts towards the stop.`);
  if (period.unpricedUpper > 0n)
    sentences.push(
      `≥: ${formatCount(period.unpricedCalls)} calls without a price are not drawn; an upper guess of ${formatMoney(period.unpricedUpper)} counts towards the stop.`,
    );
  return sentences;
}

const dayCount = (days: number): string => (days === 1 ? 'a day' : `${days} days`);

function expectedWords({ kind, days, curve, runway, track }: Outlook, enforcing: boolean, zone: string): string[] {
  const end = curve.at(-1);
  if (kind === 'none' || !end) return [];
  if (end.low === null || end.high === null)
    return [`Dashed: the run rate of ${dayCount(days)}, without a band${days < 14 ? ', which takes 14 whole days' : ''}.`];
  const sentences = [`Expected at the period’s end: ${formatMoneyRange(end.low, end.high)}, an 80${'\u00a0'}% band.`];
  const verb = enforcing ? 'stops' : 'passes its limit';
  if (runway.at === null && runway.earliest !== null)
    sentences.push(`At the top of the band it ${verb} about ${formatShortDay(runway.earliest, zone)}.`);
  if (runway.at !== null && runway.latest === null && runway.earliest !== null)
    sentences.push('At the foot of the band it holds to the period’s end.');
  if (track)
    sentences.push(
      `Replayed, ${track.held} of the last ${track.forecasts} forecasts ${dayCount(track.daysAhead)} ahead held; half were off by ${formatPercent(track.medianError, 0)} or less.`,
    );
  return sentences;
}
