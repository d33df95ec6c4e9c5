import { formatShortDay } from '@/lib/kernel/format-time';
import type { Instant } from '@/lib/kernel/instant';
import { ms, type Plot } from '../plot';
import type { TimeTicks } from '../time-axis';
import type { BurnUp } from './model';
import type { Prepared } from './prepare';

/** Days under the axis; today stands out. On a phone only the first day, and the crossing's where there is one. */
export function TimeLabels({
  plot,
  time,
  prepared,
  narrow,
  burnUp,
}: {
  plot: Plot;
  time: TimeTicks;
  prepared: Prepared;
  narrow: boolean;
  burnUp: BurnUp;
}) {
  const x = plot.x(prepared.now);
  const { crossing, zone } = burnUp;
  const clash = crossing !== null && Math.abs(plot.x(ms(crossing.at)) - x) < 84;
  const labels = narrow && crossing ? time.major.slice(0, 1) : time.major;
  return (
    <g>
      {labels.map(({ ms: at, label }, index) => (
        <g key={at}>
          <path d={`M${plot.x(at)} ${plot.bottom}v5`} stroke="var(--axis)" />
          <text
            x={index === 0 ? plot.left : plot.x(at)}
            y={plot.bottom + 18}
            textAnchor={index === 0 ? 'start' : 'middle'}
            className="fill-ink-3"
          >
            {label}
          </text>
        </g>
      ))}
      <path d={`M${x} ${plot.bottom}v6`} stroke="var(--ink)" strokeWidth={1.5} />
      {narrow || clash || x - plot.left < 92 || plot.right - x < 20 ? null : (
        <text x={x} y={plot.bottom + 18} textAnchor="middle" className="fill-ink font-semibold">
          {formatShortDay((prepared.now * 1_000) as Instant, zone)}
        </text>
      )}
    </g>
  );
}
