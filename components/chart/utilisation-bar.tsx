import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { ratio } from '@/lib/kernel/money';
import { cx } from '../ui/class-names';
import type { LineKind } from './burn-up/model';

export type Utilisation = {
  amountNanoUsd: string;
  actualNanoUsd: string;
  /** Presumed and unpriced upper guess together; `charged` is actual plus this. */
  presumedNanoUsd?: string;
  heldNanoUsd?: string;
  lines: { kind: LineKind; label: string; nanoUsd: string }[];
};

const LINES: Record<LineKind, [bar: string, words: string]> = {
  notify: ['bg-info', 'text-info'],
  contain: ['bg-contained', 'text-contained'],
  stop: ['bg-stop', 'text-stop'],
  amount: ['bg-neutral', 'text-neutral'],
};

/** A place on the bar in per cent, kept on it; for drawing only. */
const place = (nano: bigint, amount: bigint): number => Math.min(1, Math.max(0, ratio(nano, amount) ?? 0)) * 100;

/**
 * How far along a budget is: actual filled, presumed and unpriced striped, set aside hatched, the reserve hatched in the stop's colour, a line a level.
 * `mini` for tables; otherwise the levels are named above. Past 100 % the bar is full and the words say the share.
 */
export function UtilisationBar({ of, mini = false }: { of: Utilisation; mini?: boolean }) {
  const amount = BigInt(of.amountNanoUsd);
  const [actual, presumed, held] = [BigInt(of.actualNanoUsd), BigInt(of.presumedNanoUsd ?? '0'), BigInt(of.heldNanoUsd ?? '0')];
  const parts = [
    { name: 'actual', from: 0n, to: actual, fill: 'bg-accent rounded-l-1' },
    { name: 'presumed and unpriced', from: actual, to: actual + presumed, fill: 'fill-presumed' },
    { name: 'set aside', from: actual + presumed, to: actual + presumed + held, fill: 'fill-held' },
  ].filter((part) => part.to > part.from);
  const stop = of.lines.find((line) => line.kind === 'stop');
  const shown = of.lines.filter((line) => line.kind !== 'amount');
  const said = [
    ...parts.map((part) => `${part.name} ${formatMoney(part.to - part.from)}`),
    `of ${formatMoney(amount)}, ${formatPercent(ratio(actual, amount))}`,
    ...shown.map((line) => `${line.label} ${formatMoney(line.nanoUsd, { style: 'tile' })}`),
  ].join(', ');
  return (
    <div className="min-w-0">
      {mini ? null : (
        <div aria-hidden="true" className="relative h-9 text-11 max-sm:hidden">
          {shown.map((line) => {
            const at = place(BigInt(line.nanoUsd), amount);
            return (
              <span
                key={`${line.kind} ${line.label}`}
                className={cx('absolute bottom-1 whitespace-nowrap text-center', LINES[line.kind][1], at > 90 && 'text-right')}
                style={at > 90 ? { right: 0 } : { left: `${at}%`, transform: 'translateX(-50%)' }}
              >
                {line.label}
                <b className="block">{formatMoney(line.nanoUsd, { style: 'tile' })}</b>
              </span>
            );
          })}
        </div>
      )}
      <div role="img" aria-label={said} className={cx('keep-colour relative rounded-1 bg-sunken', mini ? 'h-2 min-w-12' : 'h-7')}>
        {stop ? (
          <span
            className="fill-reserve absolute inset-y-0 right-0 rounded-r-1"
            style={{ left: `${place(BigInt(stop.nanoUsd), amount)}%` }}
          />
        ) : null}
        {parts.map((part) => (
          <span
            key={part.name}
            className={cx('absolute inset-y-0', part.fill)}
            style={{ left: `${place(part.from, amount)}%`, width: `${place(part.to, amount) - place(part.from, amount)}%` }}
          />
        ))}
        {shown.map((line) => (
          <span
            key={`${line.kind} ${line.label}`}
            className={cx(
              'absolute -ml-px w-0.5 shadow-[0_0_0_1px_var(--surface)]',
              LINES[line.kind][0],
              mini ? '-inset-y-[3px]' : '-inset-y-[5px]',
            )}
            style={{ left: `${place(BigInt(line.nanoUsd), amount)}%` }}
          />
        ))}
      </div>
    </div>
  );
}
