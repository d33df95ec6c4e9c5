import type { SpendAnswer } from '@/lib/insight/reads';
import { formatCount, formatMoney, formatPercent, NO_FIGURE } from '@/lib/kernel/format-money';
import { formatDayRange } from '@/lib/kernel/format-time';
import { ratio } from '@/lib/kernel/money';
import { bucketName } from '../chart/spend/twin';
import type { Explored } from './view/question';
import { RANGE_WORDS } from './view/range';
import type { View } from './view/state';
import { groupName } from './view/words';

/** "this month", or the dates of a custom range. */
export const rangeWords = (view: Pick<View, 'range'>, { range }: Explored, zone: string): string =>
  view.range === 'custom' ? `on ${formatDayRange(range.from, range.to, zone)}` : RANGE_WORDS[view.range];

/** ≥ where calls without a price are left out of a figure. */
export const signOf = ({ unpricedCalls }: { unpricedCalls: number }) => (unpricedCalls > 0 ? ('at_least' as const) : undefined);

/** Whether an answer has anything in it. */
export const isEmpty = ({ total }: SpendAnswer): boolean =>
  total.calls === 0 && total.actualNanoUsd === '0' && total.presumedNanoUsd === '0';

/** The group with the most actual spend; the list itself is in the order of what is charged, guesses included. */
export const dearestOf = ({ groups }: SpendAnswer): SpendAnswer['groups'][number] | undefined =>
  groups.reduce<SpendAnswer['groups'][number] | undefined>(
    (most, group) => (most && BigInt(most.actualNanoUsd) >= BigInt(group.actualNanoUsd) ? most : group),
    undefined,
  );

/** Where the money goes, in one line. @param inside what the dearest group is made of, dearest first */
export function firstLine(answer: SpendAnswer, asked: Explored, words: string, inside: SpendAnswer | undefined): string {
  const { total, groups } = answer;
  if (isEmpty(answer)) return asked.where.length > 0 ? `No spend matches these filters ${words}.` : `Nothing was spent ${words}.`;
  const money = formatMoney(total.actualNanoUsd, { sign: signOf(total) });
  const dearest = dearestOf(answer);
  if (!dearest || BigInt(total.actualNanoUsd) <= 0n) return `${money} was spent ${words}; ${formatCount(total.calls)} calls.`;
  const name = groupName(asked.by, dearest.key);
  const part = inside && dearestOf(inside);
  const of = part && asked.by[0] ? groupName([asked.by[0] === 'workload' ? 'model' : 'workload'], part.key) : '';
  const share = part ? (ratio(BigInt(part.actualNanoUsd), BigInt(dearest.actualNanoUsd)) ?? 0) : 0;
  const more =
    of === '' ? '' : share >= 0.995 ? `; all of it ${of}` : share > 0.5 ? `; ${of} most of it` : `; ${of} leads it with ${percent(share)}`;
  if (groups.length === 1) return `All ${money} ${words} went to ${name}${more}.`;
  return `${name} takes ${percent(ratio(BigInt(dearest.actualNanoUsd), BigInt(total.actualNanoUsd)))} of ${money} ${words}${more}.`;
}

const percent = (share: number | null): string => formatPercent(share, 0);

/** The finding over the chart: which bucket was dearest, and how far above the usual one. */
export function chartTitle(answer: SpendAnswer, asked: Explored, zone: string): string {
  const points = (answer.total.points ?? []).filter((point) => point.actualNanoUsd !== '0');
  const dearest = points.reduce<(typeof points)[number] | null>(
    (most, point) => (most === null || BigInt(point.actualNanoUsd) > BigInt(most.actualNanoUsd) ? point : most),
    null,
  );
  if (!dearest) return 'Nothing was spent in this range.';
  const name = bucketName(dearest.at, { granularity: asked.granularity, zone });
  const money = formatMoney(dearest.actualNanoUsd);
  const usual = middle(points.filter((point) => point.complete).map((point) => BigInt(point.actualNanoUsd)));
  const times = usual > 0n && points.length > 2 ? Number((BigInt(dearest.actualNanoUsd) * 10n) / usual) / 10 : 0;
  const above = times >= 1.5 ? `, ${times.toFixed(1)} times the usual ${asked.granularity}` : '';
  return `${name.startsWith('week') ? `The ${name}` : name} was the dearest ${asked.granularity} with ${money}${above}.`;
}

/** The median, the lower one of two. */
function middle(amounts: bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n;
}

/** "+12.0 %" of a change; "new" where there was nothing before, a dash where there is nothing either. */
export function changeWords(now: string, before: string): string {
  const [to, from] = [BigInt(now), BigInt(before)];
  if (from === 0n) return to === 0n ? NO_FIGURE : 'new';
  const share = ratio(to - from, from) ?? 0;
  return `${share > 0 ? '+' : ''}${formatPercent(share)}`;
}
