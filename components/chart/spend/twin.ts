import { formatMoney, plainMoney } from '@/lib/kernel/format-money';
import { formatDay, formatDayTime, formatMonth } from '@/lib/kernel/format-time';
import { moment, NO_CELL, type Twin, text } from '../frame/twin';
import type { FoldedSeries } from './fold';
import type { SpendOverTime } from './model';

/** A bucket's name: "Sat 28 Nov", "Sat 28 Nov, 14:00", "Nov 2026", "week of Mon 23 Nov". */
export function bucketName(at: string, { granularity, zone }: Pick<SpendOverTime, 'granularity' | 'zone'>): string {
  if (granularity === 'hour') return formatDayTime(at, zone);
  if (granularity === 'month') return formatMonth(at, zone);
  return granularity === 'week' ? `week of ${formatDay(at, zone)}` : formatDay(at, zone);
}

/** Table and spoken points: a row a bucket, a column a series in the order of the picture, then their sum. */
export function spendTwin(spend: SpendOverTime, series: FoldedSeries[]): { twin: Twin; sentences: string[] } {
  const cell = (nano: bigint | null) =>
    nano === null ? { show: 'no data', plain: '' } : { show: formatMoney(nano), plain: plainMoney(nano) };
  const total = (bucket: number) => {
    const known = series.map((each) => each.points[bucket] ?? null).filter((point) => point !== null);
    return known.length === 0 ? null : known.reduce((all, each) => all + each, 0n);
  };
  const columns = [
    { head: `From, ${spend.zone}` },
    ...series.map((each) => ({ head: `${each.label}, $`, figure: true })),
    { head: 'Together, $', figure: true },
    { head: 'Note' },
  ];
  const rows = spend.buckets.map(({ at, complete }, bucket) => [
    moment(bucketName(at, spend), at),
    ...series.map((each) => cell(each.points[bucket] ?? null)),
    cell(total(bucket)),
    complete ? NO_CELL : text('partial'),
  ]);
  const sentences = spend.buckets.map(({ at, complete }, bucket) => {
    const all = total(bucket);
    const name = `${bucketName(at, spend)}${complete ? '' : ', partial'}`;
    if (all === null) return `${name}: no data.`;
    const largest = series
      .map((each) => ({ label: each.label, nano: each.points[bucket] ?? 0n }))
      .filter((each) => each.nano > 0n)
      .sort((a, b) => (a.nano > b.nano ? -1 : 1))
      .slice(0, 3)
      .map((each) => `${each.label} ${formatMoney(each.nano)}`);
    return `${name}: ${formatMoney(all)}${series.length > 1 && largest.length > 0 ? `; ${largest.join(', ')}` : ''}.`;
  });
  return { twin: { caption: `${spend.title} Spend by ${spend.granularity}.`, columns, rows }, sentences };
}
