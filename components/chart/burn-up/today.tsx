import { formatMoney } from '@/lib/kernel/format-money';
import { formatDay, formatExpectedDay, formatShortDay, formatTime } from '@/lib/kernel/format-time';
import type { Instant } from '@/lib/kernel/instant';
import { dollars, ms, type Plot } from '../plot';
import { HALO } from './levels';
import type { BurnUp } from './model';
import { levelAt, type Prepared } from './prepare';

type Layer = { burnUp: BurnUp; prepared: Prepared; plot: Plot; narrow: boolean };

/** The ring of today with its figure, time and zone; what is set aside as a hatched cap on the partial line; and, dotted, up to what the levels count. */
export function Today({ burnUp, prepared, plot, narrow, hatch }: Layer & { hatch: string }) {
  if (!prepared.today) return null;
  const { x: at, nano, stale } = prepared.today;
  const [x, y] = [plot.x(at), plot.y(nano)];
  const held = BigInt(burnUp.heldNanoUsd);
  const more = BigInt(burnUp.chargedNanoUsd) - nano;
  const charged = plot.y(BigInt(burnUp.chargedNanoUsd));
  const moment = (at * 1_000) as Instant;
  const figure = formatMoney(nano, { style: 'tile', sign: stale ? 'at_least' : undefined });
  const roomy = x - plot.left > (narrow ? 110 : 215);
  const [anchor, textX] = roomy ? (['end', x - 10] as const) : (['start', x + 12] as const);
  // Above the point, unless that would be outside the picture or on the line.
  const [first, second] = y >= 36 && (roomy || plot.bottom - y < 48) ? [y - 22, y - 8] : [y + 18, y + 32];
  const lines = narrow ? [] : prepared.levels.map((level) => plot.y(levelAt(level, at)));
  const shift = clearOf(lines, first, second);
  const when = narrow
    ? `${formatShortDay(moment, burnUp.zone)}, ${formatTime(moment, burnUp.zone)}`
    : `${formatDay(moment, burnUp.zone)} ${formatTime(moment, burnUp.zone)} ${burnUp.zone}`;
  return (
    <g>
      {held > 0n ? (
        <path d={capPath(prepared, plot, dollars(held))} fill={`url(#${hatch})`} stroke="var(--accent)" strokeWidth={0.5} />
      ) : null}
      {y - charged > 6 ? (
        <path d={`M${x} ${y}V${charged}M${x - 4} ${charged}h8`} stroke="var(--accent)" strokeDasharray="1.5 2.5" fill="none" />
      ) : null}
      <circle cx={x} cy={y} r={5} fill="var(--surface)" stroke={stale ? 'var(--warn)' : 'var(--accent)'} strokeWidth={2.25} />
      {stale ? null : <circle cx={x} cy={y} r={1.75} fill="var(--accent)" />}
      <text x={textX} y={first + shift} textAnchor={anchor} style={HALO}>
        <tspan className="fill-ink font-semibold" style={{ fontSize: 13 }}>
          {figure}
        </tspan>
        {more > 0n && !narrow ? ` + ${formatMoney(more, { style: 'tile', sign: 'at_least' })} counted` : null}
        {held > 0n && !narrow ? ` + ${formatMoney(held, { style: 'tile' })} set aside` : null}
      </text>
      <text x={textX} y={second + shift} textAnchor={anchor} style={HALO}>
        {stale ? 'stale, ' : ''}
        {when}
      </text>
    </g>
  );
}

/** How far two lines of words move, px, so that no level strikes them through; 0 where they are clear or there is no room to be. */
function clearOf(levels: number[], first: number, second: number): number {
  const isClear = (shift: number) => levels.every((y) => y < first + shift - 14 || y > second + shift + 5);
  return [0, -6, -12, -18, -24, -30].find((shift) => first + shift > 14 && isClear(shift)) ?? 0;
}

/** The band between the partial line and as much above it as is set aside, at least 3 px, in the line's own steps. */
function capPath(prepared: Prepared, plot: Plot, held: number): string {
  const partial = prepared.rows.filter((row) => row.partial !== undefined && row.partial !== null);
  const top = dollars(prepared.topNano);
  const y = (value: number) => plot.bottom - (value / top) * (plot.bottom - plot.top);
  const height = Math.max(3, (held / top) * (plot.bottom - plot.top));
  const steps = partial.map((row, index) => {
    const [at, level] = [plot.x(row.x), y(row.partial ?? 0)];
    return { at, level, before: index === 0 ? level : y(partial[index - 1]?.partial ?? 0) };
  });
  const up = steps.map(({ at, level, before }, index) => `${index === 0 ? 'M' : 'L'}${at} ${before - height}L${at} ${level - height}`);
  const back = [...steps].reverse().map(({ at, level, before }) => `L${at} ${level}L${at} ${before}`);
  return `${up.join('')}${back.join('')}Z`;
}

/** Where the forecast meets the stop: a hollow circle, a line down to the axis, a bar over the range of dates, the day under it. */
export function Crossing({ burnUp, prepared, plot, narrow }: Layer) {
  const stop = prepared.levels.find((level) => level.kind === 'stop');
  if (!burnUp.crossing || !stop) return null;
  const { at, earliest, latest } = burnUp.crossing;
  const [x, y] = [plot.x(ms(at)), plot.y(levelAt(stop, ms(at)))];
  // With an upper edge that reaches the stop and a lower one that does not, the range runs to the period's end.
  const last = latest ?? (earliest === null ? at : burnUp.endsAt);
  const [left, right] = [plot.x(ms(earliest ?? at)), Math.min(plot.right, plot.x(ms(last)))];
  const edge = plot.right - x < 56;
  return (
    <g>
      <path d={`M${x} ${y}V${plot.bottom}`} stroke="var(--stop)" strokeDasharray="3 2" fill="none" />
      <rect x={left - 3} y={plot.bottom - 3} width={Math.max(6, right - left + 6)} height={6} rx={3} fill="var(--stop)" />
      <circle cx={x} cy={y} r={5.5} fill="var(--surface)" stroke="var(--stop)" strokeWidth={2.25} />
      <text
        x={edge ? plot.right + (narrow ? 0 : 4) : x}
        y={plot.bottom + 18}
        textAnchor={edge ? 'end' : 'middle'}
        className="fill-stop font-semibold"
        style={HALO}
      >
        {formatExpectedDay(at, burnUp.zone, earliest, latest)}
      </text>
    </g>
  );
}

/** The straight way from nothing to the amount, fainter after today; the gaps with the source that was silent. */
export function Pace({ prepared, plot, narrow }: Omit<Layer, 'burnUp'>) {
  const amount = prepared.levels.find((level) => level.kind === 'amount');
  if (!amount) return null;
  const [x0, y0, x1, y1] = [plot.left, plot.bottom, plot.right, plot.y(levelAt(amount, prepared.to))];
  const x = plot.x(prepared.now);
  const y = y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  const label = x0 + (x1 - x0) * 0.42;
  return (
    <g>
      <path d={`M${x0} ${y0}L${x} ${y}`} stroke="var(--ideal)" fill="none" />
      <path d={`M${x} ${y}L${x1} ${y1}`} stroke="var(--ideal)" fill="none" opacity={0.35} />
      {narrow ? null : (
        <text x={label - 6} y={y0 + ((label - x0) / (x1 - x0)) * (y1 - y0) - 6} textAnchor="end" className="fill-ink-3" style={HALO}>
          ideal pace
        </text>
      )}
    </g>
  );
}
