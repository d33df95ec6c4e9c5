import type { UnitPrices } from '@/lib/price/rules';

const packed = new WeakMap<object, string>();
const unpacked = new Map<string, UnitPrices>();
const KEPT = 2_000;

/** Prices as JSON text, with each bigint as `"123n"`: how a hold keeps the prices of its authorisation. */
export function packPrices(prices: UnitPrices): string {
  const known = packed.get(prices);
  if (known !== undefined) return known;
  const text = JSON.stringify(prices, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  packed.set(prices, text);
  return text;
}

/** The prices that `packPrices` wrote; the same text gives the same object while it is remembered. */
export function unpackPrices(text: string): UnitPrices {
  const known = unpacked.get(text);
  if (known !== undefined) return known;
  const prices = JSON.parse(text, (_, value) => (typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value));
  if (unpacked.size >= KEPT) unpacked.clear();
  unpacked.set(text, prices as UnitPrices);
  return prices as UnitPrices;
}
