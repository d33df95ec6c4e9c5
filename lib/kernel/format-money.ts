/** No-break space: a figure, its sign and its unit never part at a line's end. */
export const NBSP = '\u00a0';
/** Real minus, as wide as a plus. */
export const MINUS = '\u2212';
/** What stands where there is no figure. */
export const NO_FIGURE = '–';

const NANOS = 1_000_000_000n;

/**
 * How much of an amount is shown. `tile` $61,240 · `table` $61,240.00 · `estimate` $93.2 k · `axis` $25 k · `exact` every digit that is not a trailing
 * zero, at least two. All but `exact` are rounded half away from zero; what is too small for two decimals keeps two significant digits ($0.0042).
 */
export type MoneyStyle = 'tile' | 'table' | 'estimate' | 'axis' | 'exact';

/** `≈` marks an estimate, `≥` a figure that leaves something out. */
export type MoneySign = 'estimate' | 'at_least';

export type MoneyOptions = { style?: MoneyStyle; sign?: MoneySign | undefined; signed?: boolean };

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Rounds a magnitude in nano-dollars to `decimals` places, half away from zero, and writes it with grouped thousands. */
function fixed(magnitude: bigint, decimals: number): string {
  const step = 10n ** BigInt(9 - decimals);
  const rounded = (magnitude + step / 2n) / step;
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const whole = group(digits.slice(0, digits.length - decimals));
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

/** Two decimals, or as many as show two significant digits: $0.0042 and $0.0043 stay different. */
function small(magnitude: bigint): string {
  if (magnitude === 0n || magnitude >= NANOS / 10n) return fixed(magnitude, 2);
  const decimals = Math.min(9, 11 - magnitude.toString().length);
  return fixed(magnitude, decimals).replace(/(\.\d{2}\d*?)0+$/, '$1');
}

/** The largest unit that leaves at least 1: 93.2 k, 1.4 M. The rounding may carry into the next unit ($999,960 is $1.0 M). */
function compact(magnitude: bigint): string | null {
  for (const [unit, size] of [
    ['k', 1_000n],
    ['M', 1_000_000n],
    ['B', 1_000_000_000n],
  ] as const) {
    const tenths = (magnitude + (size * NANOS) / 20n) / ((size * NANOS) / 10n);
    if (tenths >= 10n && (tenths < 10_000n || unit === 'B')) return `${group((tenths / 10n).toString())}.${tenths % 10n}${NBSP}${unit}`;
  }
  return null;
}

function magnitudeText(magnitude: bigint, style: MoneyStyle): string {
  if (style === 'exact')
    return `${group((magnitude / NANOS).toString())}.${(magnitude % NANOS)
      .toString()
      .padStart(9, '0')
      .replace(/(\d{2}\d*?)0+$/, '$1')}`;
  if (style === 'table' || magnitude < 10n * NANOS) return style === 'axis' ? small(magnitude).replace(/\.00$/, '') : small(magnitude);
  if (style === 'tile') return fixed(magnitude, magnitude < 100n * NANOS ? 2 : 0);
  const short = magnitude >= 1_000n * NANOS ? compact(magnitude) : null;
  if (short) return style === 'axis' ? short.replace('.0', '') : short;
  return style === 'axis' ? fixed(magnitude, 2).replace(/\.00$/, '') : fixed(magnitude, 0);
}

/**
 * Writes an amount of US dollars. @param nano whole nano-dollars, as the API answers them (a string) or as the program keeps them (a bigint).
 * `sign` puts ≈ or ≥ before it; `signed` writes + before what is not negative (for differences). No float is involved.
 */
export function formatMoney(nano: string | bigint, { style = 'table', sign, signed = false }: MoneyOptions = {}): string {
  const amount = BigInt(nano);
  const text = `$${magnitudeText(amount < 0n ? -amount : amount, style)}`;
  const direction = signed && amount !== 0n ? `${amount < 0n ? MINUS : '+'}${NBSP}` : amount < 0n ? MINUS : '';
  const mark = sign === 'estimate' ? `≈${NBSP}` : sign === 'at_least' ? `≥${NBSP}` : '';
  return `${mark}${direction}${text}`;
}

/** An amount that a person chose, as they would write it: $120, $1,000, $12.50. Nothing of it is rounded. */
export const roundAmount = (nano: string | bigint): string => formatMoney(nano, { style: 'exact' }).replace(/\.00$/, '');

/** A range of estimates that shares its unit where it can: $87.4–99.3 k; with cents where it would be one amount: $27.85–28.13. Both ends in nano-dollars. */
export function formatMoneyRange(low: string | bigint, high: string | bigint, style: MoneyStyle = 'estimate'): string {
  const [from, to] = [formatMoney(low, { style }), formatMoney(high, { style })];
  if (from === to && BigInt(low) !== BigInt(high) && style !== 'table') return formatMoneyRange(low, high, 'table');
  const unit = to.match(/\u00a0[kMB]$/)?.[0];
  const head = unit && from.endsWith(unit) ? from.slice(0, -unit.length) : from;
  return head === from && unit && from !== to ? `${from}\u2060–\u2060${to}` : `${head}\u2060–\u2060${to.replace(/^\$/, '')}`;
}

/** The amount as a plain decimal for files: exact, no sign of currency, no grouping, a hyphen for minus ("-0.0042"). */
export function plainMoney(nano: string | bigint): string {
  return formatMoney(nano, { style: 'exact' }).replace(/[$,]/g, '').replace(MINUS, '-');
}

/** A share as per cent with a no-break space: 0.68 is "68.0 %"; what is more than nothing but rounds to it "< 0.1 %". Null (nothing has a share of nothing) is a dash. */
export function formatPercent(share: number | null, decimals = 1): string {
  if (share === null) return NO_FIGURE;
  const text = Math.abs(share * 100).toFixed(decimals);
  if (share > 0 && Number(text) === 0) return `<${NBSP}${(10 ** -decimals).toFixed(decimals)}${NBSP}%`;
  const [whole = '0', rest] = text.split('.');
  const negative = share < 0 && Number(text) !== 0;
  return `${negative ? MINUS : ''}${group(whole)}${rest ? `.${rest}` : ''}${NBSP}%`;
}

/** A whole number with grouped thousands: 1,204,318. */
export function formatCount(count: number | bigint | string): string {
  const value = BigInt(count);
  return `${value < 0n ? MINUS : ''}${group((value < 0n ? -value : value).toString())}`;
}
