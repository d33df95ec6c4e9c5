import { ms, type Plot } from './plot';

type GapsProps = { gaps: { from: string; to: string; source: string }[]; plot: Plot; words?: boolean; high?: boolean };

/** Half the width of a gap's words, about: 11 px letters are some 6 px wide. */
const halfOf = (source: string): number => `no data ${source}`.length * 3.1;

/**
 * Stretches without data: a bracket on the axis that names the source. No data is not zero. `words` false leaves the bracket alone (small widths);
 * `high` puts the words at the top, where no bar stands.
 */
export function Gaps({ gaps, plot, words = true, high = false }: GapsProps) {
  return (
    <g>
      {gaps.map((gap) => {
        const [left, right] = [Math.max(plot.left, plot.x(ms(gap.from))), Math.min(plot.right, plot.x(ms(gap.to)))];
        if (right <= left) return null;
        return (
          <g key={`${gap.from} ${gap.source}`}>
            <rect x={left} y={plot.top} width={right - left} height={plot.bottom - plot.top} fill="var(--warn)" opacity={0.06} />
            <path d={`M${left} ${plot.bottom - 9}v5H${right}v-5`} fill="none" stroke="var(--warn)" strokeWidth={1.5} />
            {words ? (
              <text
                // In the middle, unless the picture ends there: words are never cut.
                x={Math.max(plot.left + halfOf(gap.source), Math.min((left + right) / 2, plot.width - halfOf(gap.source)))}
                y={high ? plot.top + 12 : plot.bottom - 15}
                textAnchor="middle"
                style={{ fill: 'var(--warn)', paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 4, strokeLinejoin: 'round' }}
              >
                <tspan style={{ fontWeight: 600 }}>no data</tspan> {gap.source}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}
