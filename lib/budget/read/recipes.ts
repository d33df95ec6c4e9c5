import type { Outlook } from '@/lib/forecast/outlook';
import { charged, chargedUtilisation, committed, limit, utilisation } from '../figures';
import type { PeriodView } from './view';

/** The figures of a budget that can be asked for how they come about. */
export const FIGURE_NAMES = [
  ...(['actual', 'presumed', 'unpricedUpper', 'charged', 'held', 'committed', 'hardStop', 'granted', 'limit', 'excess'] as const),
  ...(['utilisation', 'chargedUtilisation', 'pace', 'runwayAt'] as const),
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

export const FIGURE_UNITS = ['nanoUsd', 'ratio', 'time'] as const;
export const ROW_SOURCES = ['ledger', 'holds', 'excess', 'none'] as const;

/** How a figure comes about: in words, its value, what it is put together from, and the rows it sums (of the ledger: of which bases). */
export type Recipe = {
  formula: string;
  unit: (typeof FIGURE_UNITS)[number];
  value: (p: PeriodView) => string | null;
  parts: (p: PeriodView) => Record<string, bigint>;
  rows: (typeof ROW_SOURCES)[number];
  bases: string[];
};

const ACTUAL = ['priced', 'stated', 'adjusted'];
const CHARGED = [...ACTUAL, 'presumed', 'unpriced'];
/** A ratio as text. */
export const ratioText = (ratio: number | null): string | null => (ratio === null ? null : String(ratio));
const money = (
  formula: string,
  of: (p: PeriodView) => bigint,
  parts: Recipe['parts'],
  rows: Recipe['rows'],
  bases: string[] = [],
): Recipe => ({
  ...{ formula, unit: 'nanoUsd', value: (p) => String(of(p)), parts, rows, bases },
});

/** How each figure comes about (domain, figures of a period). Pace and runway need the time and are filled in by the reader. */
export const RECIPES: Record<FigureName, Recipe> = {
  actual: money(
    'Σ rows with a known cost: priced + stated + adjusted',
    (p) => p.actual,
    () => ({}),
    'ledger',
    ACTUAL,
  ),
  presumed: money(
    'Σ worst cases of holds that ended unaccounted for',
    (p) => p.presumed,
    () => ({}),
    'ledger',
    ['presumed'],
  ),
  unpricedUpper: money(
    'Σ upper guesses of calls without a price: 2 × the dearest price known',
    (p) => p.unpricedUpper,
    () => ({}),
    'ledger',
    ['unpriced'],
  ),
  charged: money(
    'actual + presumed + unpriced',
    charged,
    ({ actual, presumed, unpricedUpper }) => ({ actual, presumed, unpricedUpper }),
    'ledger',
    CHARGED,
  ),
  held: money(
    'Σ worst cases of calls under way',
    (p) => p.held,
    () => ({}),
    'holds',
  ),
  committed: money('charged + held', committed, (p) => ({ charged: charged(p), held: p.held }), 'ledger', CHARGED),
  hardStop: money(
    'stop level × amount, rounded down',
    (p) => p.hardStop,
    ({ amount }) => ({ amount }),
    'none',
  ),
  granted: money(
    'Σ grants out of the reserve',
    (p) => p.granted,
    () => ({}),
    'none',
  ),
  limit: money('hard stop + granted', limit, ({ hardStop, granted }) => ({ hardStop, granted }), 'none'),
  excess: money(
    'Σ what commits have ended above the limit by, each with its cause',
    (p) => p.excess,
    (p) => Object.fromEntries(p.excesses.map((each) => [each.cause, BigInt(each.nanoUsd)])),
    'excess',
  ),
  utilisation: {
    formula: 'actual ÷ amount',
    unit: 'ratio',
    value: (p) => ratioText(utilisation(p)),
    parts: ({ actual, amount }) => ({ actual, amount }),
    rows: 'ledger',
    bases: ACTUAL,
  },
  chargedUtilisation: {
    formula: 'charged ÷ amount',
    unit: 'ratio',
    value: (p) => ratioText(chargedUtilisation(p)),
    parts: (p) => ({ charged: charged(p), amount: p.amount }),
    rows: 'ledger',
    bases: CHARGED,
  },
  pace: {
    formula: 'utilisation ÷ share of the period gone',
    unit: 'ratio',
    value: () => null,
    parts: ({ actual, amount }) => ({ actual, amount }),
    rows: 'ledger',
    bases: ACTUAL,
  },
  runwayAt: {
    formula: 'when the forecast of what is charged reaches the limit',
    unit: 'time',
    value: () => null,
    parts: (p) => ({ limit: limit(p), charged: charged(p) }),
    rows: 'ledger',
    bases: CHARGED,
  },
};

/** How the runway comes about, by what the forecast stands on. */
export const RUNWAY_FORMULAS: Record<Outlook['kind'], string> = {
  none: RECIPES.runwayAt.formula,
  run_rate: 'now + (limit − charged) ÷ what is charged per hour so far',
  band: 'when charged + Σ days to come reaches the limit; a day = mean of seasonal naive, level × weekday index, damped Holt-Winters',
};
