import { useId } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis, ZIndexLayer } from 'recharts';
import { formatMoney } from '@/lib/kernel/format-money';
import { Gaps } from '../gaps';
import { moneyTicks } from '../money-axis';
import { dollars, ms, type Plot } from '../plot';
import { timeTicks } from '../time-axis';
import { EdgeLabels, Levels } from './levels';
import type { BurnUp } from './model';
import { Pins } from './pins';
import type { Prepared } from './prepare';
import { TimeLabels } from './time-labels';
import { Crossing, Pace, Today } from './today';

type PictureProps = {
  burnUp: BurnUp;
  prepared: Prepared;
  plot: Plot;
  narrow: boolean;
  cursor: number | null;
  onMove: (px: number) => void;
};

/** The burn-up as SVG. Axes and series by Recharts; what Recharts has no word for is drawn over them from the same plot. */
export function Picture({ burnUp, prepared, plot, narrow, cursor, onMove }: PictureProps) {
  const id = useId().replaceAll(':', '');
  const [held, reserve] = [`held${id}`, `reserve${id}`];
  const margin = { top: plot.top, right: plot.width - plot.right, bottom: 0, left: 0 };
  const ticks = moneyTicks(prepared.topNano, narrow ? 5 : 6);
  const taken = [prepared.now, ...(burnUp.crossing ? [ms(burnUp.crossing.at)] : [])];
  const time = timeTicks(prepared.from, prepared.to, burnUp.zone, plot.right - plot.left, narrow ? [prepared.from, prepared.to] : taken);
  const layer = { burnUp, prepared, plot, narrow };
  return (
    <div onPointerMove={(event) => onMove(event.clientX - event.currentTarget.getBoundingClientRect().left)}>
      <ComposedChart
        width={plot.width}
        height={plot.height}
        data={prepared.rows}
        margin={margin}
        accessibilityLayer={false}
        className="chart-text"
      >
        <defs>
          <Hatch id={held} size={3} stroke="var(--accent)" width={1.5} />
          <Hatch id={reserve} size={6} stroke="var(--stop)" width={1} opacity={0.55} />
        </defs>
        <CartesianGrid vertical={false} syncWithTicks stroke="var(--grid)" />
        <YAxis
          width={plot.left}
          domain={[0, dollars(prepared.topNano)]}
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
          domain={[prepared.from, prepared.to]}
          ticks={time.minor}
          interval={0}
          tickSize={3}
          tick={false}
          tickLine={{ stroke: 'var(--axis)' }}
          axisLine={{ stroke: 'var(--axis)' }}
        />
        <ZIndexLayer zIndex={90}>
          <Levels {...layer} hatch={reserve} />
          <Pace {...layer} />
          <Gaps gaps={burnUp.gaps} plot={plot} words={!narrow} />
        </ZIndexLayer>
        <Area
          dataKey="band"
          stroke="none"
          fill="var(--accent)"
          fillOpacity={0.15}
          isAnimationActive={false}
          activeDot={false}
          connectNulls
        />
        <Line
          dataKey="branch"
          stroke="var(--ink-3)"
          strokeWidth={1.25}
          strokeDasharray="2 3"
          dot={false}
          isAnimationActive={false}
          connectNulls
        />
        <Line
          dataKey="median"
          stroke="var(--accent)"
          strokeWidth={1.75}
          strokeDasharray="6 4"
          dot={false}
          isAnimationActive={false}
          connectNulls
        />
        <Line dataKey="happened" type="stepAfter" stroke="var(--accent)" strokeWidth={2} dot={false} isAnimationActive={false} />
        <Line
          dataKey="partial"
          type="stepAfter"
          stroke="var(--accent)"
          strokeWidth={2}
          strokeDasharray="1.5 2.5"
          dot={false}
          isAnimationActive={false}
        />
        <ZIndexLayer zIndex={700}>
          <TimeLabels {...layer} time={time} />
          <Crossing {...layer} />
          <Today {...layer} hatch={held} />
          {cursor === null ? null : (
            <path d={`M${plot.x(cursor)} ${plot.top}V${plot.bottom}`} stroke="var(--ink-2)" strokeDasharray="1 2" />
          )}
          {narrow ? null : <EdgeLabels prepared={prepared} plot={plot} />}
          {narrow ? null : <Pins burnUp={burnUp} plot={plot} y={plot.bottom + 42} now={prepared.now} />}
          {narrow || burnUp.pins.length === 0 ? null : (
            <text className="fill-ink-3">
              <tspan x={plot.right + 13} y={plot.bottom + 40}>
                solid happened
              </tspan>
              <tspan x={plot.right + 13} dy={15}>
                dashed is expected
              </tspan>
            </text>
          )}
        </ZIndexLayer>
      </ComposedChart>
    </div>
  );
}

function Hatch({ id, size, stroke, width, opacity = 1 }: { id: string; size: number; stroke: string; width: number; opacity?: number }) {
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d={`M0 0v${size}`} stroke={stroke} strokeWidth={width} opacity={opacity} />
    </pattern>
  );
}
