'use client';

import type { ReactNode } from 'react';
import { formatCount, formatMoney, formatPercent, type MoneySign, type MoneyStyle } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { ButtonLink } from './button';
import { cx } from './class-names';
import { Popover } from './overlay/popover';

/** How a figure is made, as the API answers it beside the figure. Every part adds up to the figure as the formula says. */
export type Explanation = {
  /** In the domain's words: "actual + presumed + unpriced upper guess". */
  formula: string;
  parts: { label: string; nanoUsd?: string; count?: number; sign?: MoneySign; note?: string }[];
  /** Ledger rows under the figure. */
  rowCount: number;
  /** Version of the price book that priced them; null where nothing was priced by it. */
  priceVersion: string | null;
  /** Last event the figure includes, ISO; null when there was none. */
  freshAt: string | null;
  zone: string;
  /** What the figure leaves out or presumes, in a sentence. */
  caveat?: string;
  /** The rows as CSV; they sum to the figure exactly. */
  csvHref?: string;
};

type Value =
  | { nanoUsd: string; money?: MoneyStyle; signed?: boolean }
  | { share: number | null; decimals?: number }
  | { count: number | string };

function write(value: Value, sign: MoneySign | undefined): string {
  if ('nanoUsd' in value) return formatMoney(value.nanoUsd, { style: value.money, sign, signed: value.signed });
  const text = 'share' in value ? formatPercent(value.share, value.decimals) : formatCount(value.count);
  return sign ? `${sign === 'estimate' ? '≈' : '≥'}\u00a0${text}` : text;
}

type FigureProps = Value & {
  sign?: MoneySign;
  /** The figure's name ("Charged"); needed with `explain`. */
  label?: string;
  explain?: Explanation;
  className?: string;
};

/** The look of a figure that says how it is made. */
export const EXPLAINED =
  'whitespace-nowrap font-[inherit] tabular-nums underline decoration-axis decoration-dotted decoration-1 underline-offset-4 hover:decoration-ink';

/**
 * One figure: exact from the API's string, tabular numerals, ≈ for an estimate, ≥ where something is left out. With `explain` it carries a dotted underline
 * and opens its formula, parts, row count, price version and freshness.
 */
export function Figure({ sign, label = 'Figure', explain, className, ...value }: FigureProps) {
  const text = write(value, sign);
  if (!explain) return <span className={cx('whitespace-nowrap tabular-nums', className)}>{text}</span>;
  const trigger = (
    <button type="button" aria-label={`${label}: ${text}. How it is made`} className={cx(EXPLAINED, className)}>
      {text}
    </button>
  );
  return (
    <Popover trigger={trigger} title={`${label} ${text}`}>
      <ExplanationBody {...explain} />
    </Popover>
  );
}

/** The inside of a figure's explanation, for where it is asked for when someone opens it. */
export function ExplanationBody({ formula, parts, rowCount, priceVersion, freshAt, zone, caveat, csvHref }: Explanation) {
  return (
    <div className="grid gap-2 whitespace-normal text-12 leading-4 tracking-normal">
      <p className="text-ink-2">= {formula}</p>
      <dl className="grid gap-1 border-line border-y py-2">
        {parts.map((part) => (
          <Line key={part.label} name={part.label} note={part.note}>
            {part.nanoUsd === undefined ? formatCount(part.count ?? 0) : formatMoney(part.nanoUsd, { style: 'exact', sign: part.sign })}
          </Line>
        ))}
      </dl>
      <dl className="grid gap-1 text-ink-2">
        <Line name="Rows">{formatCount(rowCount)}</Line>
        <Line name="Price book">{priceVersion ?? 'not used'}</Line>
        <Line name="Fresh to">{freshAt ? formatDayTime(freshAt, zone, { named: true }) : 'no event yet'}</Line>
      </dl>
      {caveat ? <p className="text-ink-2">{caveat}</p> : null}
      {csvHref ? (
        <ButtonLink small icon="download" href={csvHref} prefetch={false} className="justify-self-start">
          These rows as CSV
        </ButtonLink>
      ) : null}
    </div>
  );
}

function Line({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
      <dt>{name}</dt>
      <dd className="text-right text-ink tabular-nums">{children}</dd>
      {note ? <dd className="col-span-2 text-ink-3">{note}</dd> : null}
    </div>
  );
}
