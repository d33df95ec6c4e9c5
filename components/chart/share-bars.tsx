'use client';

import { useId } from 'react';
import { formatMoney, formatPercent, type MoneySign, plainMoney } from '@/lib/kernel/format-money';
import { ratio } from '@/lib/kernel/money';
import { ChartFrame, type ChartWords } from './frame/chart-frame';
import { text } from './frame/twin';
import { SeriesPattern } from './marks';
import { largest } from './money-axis';
import { dollars } from './plot';
import { seriesStyles } from './series-style';

type ShareBarsProps = ChartWords & {
  /** In the order to show; money from $0. `sign` where a figure leaves something out. */
  rows: { id: string; label: string; nanoUsd: string; sign?: MoneySign }[];
  /** What the shares are of; their sum when left out. */
  wholeNanoUsd?: string;
  /** What a row is: "Workload". */
  of: string;
};

const ROW = 26;

/** Amounts beside each other as bars from $0, with their share of the whole. */
export function ShareBars({ rows, wholeNanoUsd, of, ...words }: ShareBarsProps) {
  const base = useId().replaceAll(':', '');
  const styles = seriesStyles(rows.map((row) => row.id));
  const whole = wholeNanoUsd === undefined ? rows.reduce((sum, row) => sum + BigInt(row.nanoUsd), 0n) : BigInt(wholeNanoUsd);
  const most = largest(rows.map((row) => BigInt(row.nanoUsd)));
  const lines = rows.map((row) => ({
    ...row,
    money: formatMoney(row.nanoUsd, { sign: row.sign }),
    share: formatPercent(ratio(BigInt(row.nanoUsd), whole)),
  }));
  const twin = {
    caption: words.title,
    columns: [{ head: of }, { head: 'Spend, $', figure: true }, { head: 'Share', figure: true }],
    rows: lines.map((row) => [text(row.label), { show: row.money, plain: plainMoney(row.nanoUsd) }, text(row.share)]),
  };
  return (
    <ChartFrame
      {...words}
      twin={twin}
      points={lines.map((row) => `${row.label}: ${row.money}, ${row.share}.`)}
      readingAt={(_, width) => width * 0.3}
    >
      {({ width, active }) => {
        const [names, figures] = [Math.min(200, Math.round(width * 0.3)), width < 480 ? 92 : 158];
        const room = Math.max(20, width - names - figures - 16);
        return (
          <svg data-picture="" width={width} height={rows.length * ROW + 4} className="chart-text block" aria-hidden="true">
            <defs>
              {rows.map((row, index) => {
                const style = styles[index];
                return style ? <SeriesPattern key={row.id} id={`${base}${index}`} style={style} /> : null;
              })}
            </defs>
            {lines.map((row, index) => {
              const length =
                most === 0n ? 0 : Math.max(BigInt(row.nanoUsd) > 0n ? 1.5 : 0, (dollars(BigInt(row.nanoUsd)) / dollars(most)) * room);
              return (
                <g key={row.id} transform={`translate(0 ${index * ROW + 2})`}>
                  {active === index ? <rect width={width} height={ROW} fill="var(--hover)" /> : null}
                  <text x={0} y={17} className="fill-ink">
                    {row.label.length > names / 6.4 ? `${row.label.slice(0, Math.floor(names / 6.4) - 1)}…` : row.label}
                  </text>
                  <rect x={names + 8} y={6} width={length} height={14} rx={2} fill={`url(#${base}${index})`} />
                  <text x={width - (width < 480 ? 0 : 60)} y={17} textAnchor="end" className="fill-ink font-semibold">
                    {row.money}
                  </text>
                  {width < 480 ? null : (
                    <text x={width} y={17} textAnchor="end" className="fill-ink-3">
                      {row.share}
                    </text>
                  )}
                </g>
              );
            })}
            <path d={`M${names + 8} 0V${rows.length * ROW + 4}`} stroke="var(--axis)" />
          </svg>
        );
      }}
    </ChartFrame>
  );
}
