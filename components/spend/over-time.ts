import type { SpendAnswer } from '@/lib/insight/reads';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatDayRange, momentMs } from '@/lib/kernel/format-time';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Calendar, localHourStart, nextPeriod } from '@/lib/kernel/period';
import type { SpendOverTime } from '../chart/spend/model';
import { chartTitle } from './finding';
import type { Explored } from './view/question';
import { dimensionName, groupName } from './view/words';

/** A source that has been silent, and since when: no bar after that is not a zero. */
export type Silence = { source: string; since: string } | null;

/** An answer with points as what the chart draws. Buckets to come are left out; those after a source fell silent are gaps. */
export function spendOverTime(answer: SpendAnswer, asked: Explored, calendar: Calendar, now: Instant, silence: Silence): SpendOverTime {
  const { zone } = calendar;
  const all = answer.total.points ?? [];
  const begun = all.filter((point) => momentMs(point.at) * 1_000 <= now || point.calls !== 0);
  const isGap = (at: string, calls: number) => silence !== null && calls === 0 && momentMs(at) > momentMs(silence.since);
  // Groups of unpriced calls alone have no actual spend: they are in the caption and the table, not among the bars.
  const spent = answer.groups.filter((group) => group.actualNanoUsd !== '0' || group.points?.some((point) => point.actualNanoUsd !== '0'));
  const parts = spent.length > 0 ? spent : [{ key: {}, points: all }];
  const series = parts.map((part) => ({
    id: groupId(asked, part.key),
    label: groupName(asked.by, part.key),
    points: begun.map((point, bucket) => (isGap(point.at, point.calls) ? null : (part.points?.[bucket]?.actualNanoUsd ?? null))),
  }));
  const last = begun.at(-1);
  const isPartial = last !== undefined && !last.complete;
  const gap = silence && momentMs(silence.since) > momentMs(toIso(asked.range.from)) ? silence : null;
  return {
    zone,
    granularity: asked.granularity,
    buckets: begun.map(({ at, complete }) => ({ at, complete })),
    series,
    gaps: gap ? [{ from: gap.since, to: toIso(now), source: gap.source }] : [],
    ...(isPartial && !asked.range.isOver && gap === null ? { completeAt: toIso(endOf(asked, calendar, now)) } : {}),
    title: chartTitle(answer, asked, zone),
    caption: caption(answer, asked, zone),
  };
}

/** The id by which a group keeps its colour on every screen: its value alone where it is grouped by one thing. */
const groupId = ({ by }: Explored, key: Record<string, string>): string => by.map((dimension) => key[dimension] ?? '').join('\n');

function endOf({ granularity }: Explored, calendar: Calendar, now: Instant): Instant {
  if (granularity !== 'hour') return nextPeriod(granularity, calendar, now).startsAt;
  return (localHourStart(calendar, now) + 3_600_000_000) as Instant;
}

function caption({ total, from }: SpendAnswer, { range, by, granularity }: Explored, zone: string): string {
  const unpriced =
    total.unpricedCalls > 0
      ? ` ${formatCount(total.unpricedCalls)} unpriced calls are in no bar (${formatMoney(total.unpricedUpperNanoUsd, { sign: 'at_least' })}).`
      : '';
  const presumed = total.presumedNanoUsd === '0' ? '' : ` ${formatMoney(total.presumedNanoUsd)} presumed is in no bar.`;
  const single = from === 'ledger' ? ' Read from single records.' : '';
  return `Actual spend by ${granularity} and ${by.map(dimensionName).join(' and ')}, ${formatDayRange(range.from, range.to, zone)}, ${zone}.${unpriced}${presumed}${single}`;
}
