import { useId } from 'react';
import { Bar, type BarShapeProps, CartesianGrid, ComposedChart, Line, XAxis, YAxis, ZIndexLayer } from 'recharts';
import { formatMoney } from '@/lib/kernel/format-money';
import { Gaps } from '../gaps';
import { Marker, SeriesPattern } from '../marks';
import { moneyTicks } from '../money-axis';
import { dollars, type Plot } from '../plot';
import { timeTicks } from '../time-axis';
import type { FoldedSeries } from './fold';
import type { SpendOverTime } from './model';

type PictureProps = {
  spend: SpendOverTime;
  series: FoldedSeries[];
  kind: 'bars' | 'lines';
  plot: Plot;
  topNano: bigint;
  edges: number[];
  middles: number[];
  cursor: number | null;
  onMove: (px: number) => void;
};

/** Stacked bars or lines as SVG; see spend-over-time.tsx. */
export function Picture({ spend, series, kind, plot, topNano, edges, middles, cursor, onMove }: PictureProps) {
  const base = useId().replaceAll(':', '');
  const lastComplete = spend.buckets.findLastIndex((bucket) => bucket.complete);
  const rows = middles.map((x, bucket) => ({
    x,
    ...Object.fromEntries(series.map((each, index) => [`s${index}`, place(each.points[bucket])])),
    ...Object.fromEntries(series.map((each, index) => [`p${index}`, bucket >= lastComplete ? place(each.points[bucket]) : null])),
    ...Object.fromEntries(series.map((each, index) => [`c${index}`, bucket <= lastComplete ? place(each.points[bucket]) : null])),
  }));
  const ticks = moneyTicks(topNano);
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const time = timeTicks(from, to, spend.zone, plot.right - plot.left);
  // A label stands under the middle of the bucket that begins there.
  const under = (at: number) => plot.x(middles[edges.indexOf(at)] ?? at);
  const thick = Math.max(1, Math.min(32, ((plot.right - plot.left) / Math.max(1, middles.length)) * 0.72));
  const bar = (index: number) => (props: BarShapeProps) => (
    <Brick {...props} fill={`url(#${base}${index})`} partial={spend.buckets[props.index]?.complete === false} />
  );
  return (
    <div onPointerMove={(event) => onMove(event.clientX - event.currentTarget.getBoundingClientRect().left)}>
      <ComposedChart
        width={plot.width}
        height={plot.height}
        data={rows}
        margin={{ top: plot.top, right: plot.width - plot.right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        className="chart-text"
      >
        <defs>
          {series.map((each, index) => (
            <SeriesPattern key={each.id} id={`${base}${index}`} style={each.style} />
          ))}
        </defs>
        <CartesianGrid vertical={false} syncWithTicks stroke="var(--grid)" />
        <YAxis
          width={plot.left}
          domain={[0, dollars(topNano)]}
          ticks={ticks.map(dollars)}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
          tickFormatter={(_, index) => formatMoney(ticks[index] ?? 0n, { style: 'axis' })}
        />
        <XAxis
          dataKey="x"
          type="number"
          height={plot.height - plot.bottom}
          domain={[from, to]}
          ticks={[]}
          axisLine={{ stroke: 'var(--axis)' }}
        />
        {kind === 'bars'
          ? series.map((each, index) => (
              <Bar
                key={each.id}
                dataKey={`s${index}`}
                stackId="all"
                barSize={thick}
                fill={`url(#${base}${index})`}
                shape={bar(index)}
                isAnimationActive={false}
                activeBar={false}
              />
            ))
          : series.flatMap((each, index) => {
              const look = { stroke: each.style.colour, strokeWidth: 1.75, dot: false, isAnimationActive: false };
              return [
                <Line key={each.id} {...look} dataKey={`c${index}`} strokeDasharray={each.style.dash} />,
                <Line key={`${each.id} partial`} {...look} dataKey={`p${index}`} strokeDasharray="1.5 2.5" />,
              ];
            })}
        <ZIndexLayer zIndex={700}>
          {kind === 'lines' ? <Markers series={series} middles={middles} plot={plot} cursor={cursor} /> : null}
          <Gaps gaps={spend.gaps} plot={plot} words={plot.width >= 480} high />
          {time.major.map(({ ms: at, label }, index) => (
            <g key={at}>
              <path d={`M${under(at)} ${plot.bottom}v4`} stroke="var(--axis)" />
              <text
                x={index === 0 ? plot.left : under(at)}
                y={plot.bottom + 17}
                textAnchor={index === 0 ? 'start' : 'middle'}
                className="fill-ink-3"
              >
                {label}
              </text>
            </g>
          ))}
          {cursor === null ? null : (
            <path d={`M${plot.x(middles[cursor] ?? from)} ${plot.top}V${plot.bottom}`} stroke="var(--ink-2)" strokeDasharray="1 2" />
          )}
        </ZIndexLayer>
      </ComposedChart>
    </div>
  );
}

const place = (nano: bigint | null | undefined): number | null => (nano === null || nano === undefined ? null : dollars(nano));

/** One part of a stacked bar; of a bucket that is not over only the outline, dotted, over a faint fill. */
function Brick({
  x,
  y,
  width,
  height,
  fill,
  partial,
}: Pick<BarShapeProps, 'x' | 'y' | 'width' | 'height' | 'fill'> & { partial: boolean }) {
  if (!height || !width) return null;
  return (
    <g>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        fill={fill}
        fillOpacity={partial ? 0.3 : 1}
        stroke={partial ? 'var(--ink-2)' : 'var(--surface)'}
        strokeWidth={partial ? 1 : 0.5}
        strokeDasharray={partial ? '2 2' : undefined}
      />
    </g>
  );
}

/** A marker where each series ends, and on the walked bucket: the sign besides colour. */
function Markers({ series, middles, plot, cursor }: { series: FoldedSeries[]; middles: number[]; plot: Plot; cursor: number | null }) {
  return series.map((each) => {
    const at = cursor ?? each.points.findLastIndex((point) => point !== null);
    const [middle, point] = [middles[at], each.points[at]];
    return middle === undefined || point === null || point === undefined ? null : (
      <Marker key={each.id} style={each.style} x={plot.x(middle)} y={plot.y(point)} />
    );
  });
}
