import { formatMoney } from '@/lib/kernel/format-money';
import type { Plot } from '../plot';
import { stepApart } from '../step-apart';
import type { LineKind } from './model';
import { type Level, levelAt, type Prepared } from './prepare';

export const LEVEL_LOOK: Record<LineKind, { colour: string; width: number; dash?: string }> = {
  notify: { colour: 'var(--info)', width: 1, dash: '2 3' },
  contain: { colour: 'var(--contained)', width: 1.25, dash: '6 3' },
  amount: { colour: 'var(--neutral)', width: 1 },
  stop: { colour: 'var(--stop)', width: 1.75 },
};

/** The path of a level through the period, stepping where it was changed; history is never redrawn. */
export function levelPath(level: Level, plot: Plot): string {
  const legs = level.steps.map((step, index) =>
    index === 0 ? `M${plot.left} ${plot.y(step.nano)}` : `H${plot.x(step.from)}V${plot.y(step.nano)}`,
  );
  return `${legs.join('')}H${plot.right}`;
}

/** Notify, contain, stop and amount as lines, and the reserve between stop and amount hatched. */
export function Levels({ prepared, plot, narrow, hatch }: { prepared: Prepared; plot: Plot; narrow: boolean; hatch: string }) {
  const shown = prepared.levels.filter((level) => !narrow || level.kind === 'stop');
  const stop = prepared.levels.find((level) => level.kind === 'stop');
  const amount = prepared.levels.find((level) => level.kind === 'amount');
  return (
    <g>
      {stop && amount ? <Reserve stop={stop} amount={amount} plot={plot} hatch={hatch} narrow={narrow} /> : null}
      {shown.map((level) => {
        const look = LEVEL_LOOK[level.kind];
        return (
          <path
            key={`${level.kind} ${level.label}`}
            d={levelPath(level, plot)}
            fill="none"
            stroke={look.colour}
            strokeWidth={look.width}
            strokeDasharray={look.dash}
          />
        );
      })}
      {narrow && stop ? (
        <text x={plot.left + 4} y={plot.y(levelAt(stop, prepared.from)) - 6} className="fill-stop font-semibold" style={HALO}>
          {stop.label}, {formatMoney(stop.nano, { style: 'tile' })}
        </text>
      ) : null}
    </g>
  );
}

/** A rim in the surface's colour, for words that stand over lines. */
export const HALO = { paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 4, strokeLinejoin: 'round' } as const;

function Reserve({ stop, amount, plot, hatch, narrow }: { stop: Level; amount: Level; plot: Plot; hatch: string; narrow: boolean }) {
  const edges = [...new Set([...stop.steps, ...amount.steps].map((step) => step.from))].sort((a, b) => a - b);
  const reserve = amount.nano - stop.nano;
  return (
    <g>
      {edges.map((from, index) => {
        const [left, right] = [
          index === 0 ? plot.left : plot.x(from),
          index === edges.length - 1 ? plot.right : plot.x(edges[index + 1] ?? from),
        ];
        const [high, low] = [plot.y(levelAt(amount, from)), plot.y(levelAt(stop, from))];
        return low > high ? (
          <rect key={from} x={left} y={high} width={Math.max(0, right - left)} height={low - high} fill={`url(#${hatch})`} />
        ) : null;
      })}
      {reserve > 0n && !narrow ? (
        <text x={plot.left + 6} y={plot.y(amount.steps[0]?.nano ?? amount.nano) - 5} className="fill-ink-3" style={HALO}>
          reserve {formatMoney(reserve, { style: 'tile' })}, spent only through a grant
        </text>
      ) : null}
    </g>
  );
}

type EdgeLabel = { label: string; value: string; colour: string };

/** Names and amounts at the right edge, in the colour of their line, stepping apart with a short leader. */
export function EdgeLabels({ prepared, plot }: { prepared: Prepared; plot: Plot }) {
  const entries: { item: EdgeLabel; at: number }[] = prepared.levels.map((level) => ({
    item: { label: level.label, value: formatMoney(level.nano, { style: 'tile' }), colour: LEVEL_LOOK[level.kind].colour },
    at: plot.y(levelAt(level, prepared.to)),
  }));
  if (prepared.end) {
    const value = formatMoney(prepared.end.nano, { style: 'estimate', sign: 'estimate' });
    entries.push({ item: { label: 'forecast', value, colour: 'var(--accent-ink)' }, at: plot.y(prepared.end.nano) });
  }
  if (prepared.branchEnd) {
    const value = formatMoney(prepared.branchEnd.nano, { style: 'estimate', sign: 'estimate' });
    entries.push({ item: { label: 'no action', value, colour: 'var(--ink-2)' }, at: plot.y(prepared.branchEnd.nano) });
  }
  return (
    <g>
      {stepApart(entries, 16, 6, plot.bottom).map(({ item, at, label }) => (
        <g key={`${item.label} ${item.value}`}>
          <path d={`M${plot.right} ${at}L${plot.right + 6} ${label}H${plot.right + 9}`} fill="none" stroke={item.colour} />
          <text x={plot.right + 13} y={label + 4} style={{ fill: item.colour }}>
            {item.label}
          </text>
          <text x={plot.width} y={label + 4} textAnchor="end" style={{ fill: item.colour, fontWeight: 600 }}>
            {item.value}
          </text>
        </g>
      ))}
    </g>
  );
}
