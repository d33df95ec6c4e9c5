'use client';

import { useMemo } from 'react';
import { formatDayTime } from '@/lib/kernel/format-time';
import { ChartFrame, type ChartWords } from '../frame/chart-frame';
import { axisTop, largest } from '../money-axis';
import { makePlot, ms, nearest } from '../plot';
import { foldSeries } from './fold';
import { Legend } from './legend';
import type { SpendOverTime } from './model';
import { Picture } from './picture';
import { spendTwin } from './twin';

const LENGTHS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 30 * 86_400_000 };

type SpendProps = Omit<ChartWords, 'title' | 'caption'> & {
  spend: SpendOverTime;
  /** `bars`: stacked, for what adds up. `lines`: for comparing courses. */
  kind?: 'bars' | 'lines';
  onOpenOther?: () => void;
};

/** Spend by time and group: at most eight series and "other (n)", partial buckets dotted, gaps left open. */
export function SpendOverTimeChart({ spend, kind = 'bars', onOpenOther, ...words }: SpendProps) {
  const series = useMemo(() => foldSeries(spend.series), [spend.series]);
  const { twin, sentences } = useMemo(() => spendTwin(spend, series), [spend, series]);
  const starts = useMemo(() => spend.buckets.map((bucket) => ms(bucket.at)), [spend.buckets]);
  const last = starts.at(-1) ?? 0;
  const step = starts.length > 1 ? last - (starts.at(-2) ?? 0) : LENGTHS[spend.granularity];
  const heights = spend.buckets.map((_, bucket) => {
    const all = series.map((each) => each.points[bucket] ?? 0n);
    return kind === 'bars' ? all.reduce((sum, each) => sum + each, 0n) : largest(all);
  });
  const topNano = axisTop(largest(heights));
  const plotOf = (width: number) => {
    const space = { width, height: Math.max(200, Math.min(360, Math.round(width / 3))), left: 48, right: 8, top: 10, bottom: 24 };
    return makePlot(space, { from: starts[0] ?? 0, to: last + step, topNano });
  };
  const middles = starts.map((start, index) => (start + (starts[index + 1] ?? start + step)) / 2);
  const partial = spend.completeAt
    ? ` The dotted ${spend.granularity} is complete from ${formatDayTime(spend.completeAt, spend.zone, { named: true })}.`
    : '';
  return (
    <ChartFrame
      {...words}
      title={spend.title}
      caption={`${spend.caption}${partial}`}
      twin={twin}
      points={sentences}
      readingAt={(index, width) => plotOf(width).x(middles[index] ?? 0)}
      legend={series.length > 1 ? <Legend series={series} lines={kind === 'lines'} onOpenOther={onOpenOther} /> : null}
    >
      {({ width, active, onPoint }) => {
        const plot = plotOf(width);
        const move = (px: number) => onPoint(px < plot.left || px > plot.right ? null : nearest(middles.map(plot.x), px));
        return (
          <Picture
            spend={spend}
            series={series}
            kind={kind}
            plot={plot}
            topNano={topNano}
            edges={[...starts, last + step]}
            middles={middles}
            cursor={active}
            onMove={move}
          />
        );
      }}
    </ChartFrame>
  );
}
