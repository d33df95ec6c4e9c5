'use client';

import { useFigure } from '@/lib/budget/client';
import type { FigureOut } from '@/lib/budget/read/figures';
import type { FigureName } from '@/lib/budget/read/recipes';
import type { MoneySign } from '@/lib/kernel/format-money';
import { cx } from '../ui/class-names';
import { EXPLAINED, type Explanation, ExplanationBody } from '../ui/figure';
import { Popover } from '../ui/overlay/popover';
import { ErrorState, Skeleton } from '../ui/states';

export type ExplainedFigureProps = {
  budgetId: string;
  figure: FigureName;
  /** The figure's name, "Charged". */
  label: string;
  /** The figure as it is written. */
  text: string;
  zone: string;
  csvHref?: string | undefined;
  className?: string;
};

/** A figure of a budget's running period: one press asks how it is made, and shows what was answered. */
export function ExplainedFigure({ label, text, className, ...rest }: ExplainedFigureProps) {
  const trigger = (
    <button type="button" aria-label={`${label}: ${text}. How it is made`} className={cx(EXPLAINED, className)}>
      {text}
    </button>
  );
  return (
    <Popover trigger={trigger} title={`${label} ${text}`}>
      <Answer {...rest} />
    </Popover>
  );
}

function Answer({ budgetId, figure, zone, csvHref }: Omit<ExplainedFigureProps, 'label' | 'text' | 'className'>) {
  const { data, error, refetch, isFetching } = useFigure(budgetId, figure, true);
  if (error)
    return (
      <ErrorState {...(error.requestId && { reference: error.requestId })} onRetry={() => void refetch()} busy={isFetching}>
        {error.detail}
      </ErrorState>
    );
  if (!data) return <Skeleton lines={4} label="Reading how it is made" />;
  return <ExplanationBody {...explanationOf(data, zone)} {...(csvHref && { csvHref })} />;
}

const PARTS: Record<string, string> = {
  ...{ actual: 'actual', presumed: 'presumed', unpricedUpper: 'unpriced, upper guess', charged: 'charged', held: 'set aside' },
  committed: 'committed',
  ...{ amount: 'amount', hardStop: 'hard stop', granted: 'granted', limit: 'limit' },
  ...{ overrun: 'calls above their hold', unasked: 'calls nobody asked for', repriced: 'repriced', limit_lowered: 'limit lowered' },
  grant_ended: 'grant ended',
};
const SIGNS: Record<string, MoneySign> = { unpricedUpper: 'at_least' };
const CAVEATS: Record<string, string> = {
  holds: 'Rows are calls under way; each is a worst case, and what is not used goes back.',
  excess: 'Rows are commits that ended above the limit.',
};

/** The API's answer as the figure shows it. */
function explanationOf({ figure, value, unit, formula, parts, rows, prices, freshAt }: FigureOut, zone: string): Explanation {
  const [first] = prices;
  const more = prices.length > 1 ? ` and ${prices.length - 1} more` : '';
  return {
    ...{ formula, rowCount: rows.count, freshAt, zone, priceVersion: first ? `${first.ref}${more}` : null },
    parts: [
      ...parts.map(({ name, nanoUsd }) => ({
        label: PARTS[name] ?? name,
        nanoUsd,
        ...(SIGNS[name] && nanoUsd !== '0' && { sign: SIGNS[name] }),
      })),
      // Figures are written short where they stand; here nothing is cut off.
      ...(unit === 'nanoUsd' && value !== null ? [{ label: `${PARTS[figure] ?? figure}, to the last digit`, nanoUsd: value }] : []),
    ],
    ...(CAVEATS[rows.of] && { caveat: CAVEATS[rows.of] }),
  };
}
