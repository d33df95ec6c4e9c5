import { divideHalfEven, divideUp, type NanoUsd, type NanoUsdPerMillion, nanoUsd, nanoUsdPerMillion } from '@/lib/kernel/money';
import { inputTotal, type UnitKind, type Units } from '@/lib/kernel/units';

/** A price that changes with the size of the request: `base`, or the last tier whose `above` its input total exceeds. */
export type TieredPrice = {
  readonly base: NanoUsdPerMillion;
  /** In rising order of `above`. The whole request is billed at the tier it reaches, not the part above. */
  readonly tiers: readonly { readonly above: number; readonly price: NanoUsdPerMillion }[];
};

export type UnitPrice = NanoUsdPerMillion | TieredPrice;

/** What a million units of each kind cost. A kind that is absent has no known price, which is not a price of 0. */
export type UnitPrices = { readonly [kind in UnitKind]?: UnitPrice };

const MILLION = 1_000_000n;

/** Kinds of text that went in: which of them a token becomes is the cache's to say, so a hold counts them together. */
const TEXT_IN = ['input', 'input_cache_read', 'input_cache_write_5m', 'input_cache_write_1h'] as const;
const TEXT_OUT = ['output', 'output_reasoning'] as const;
const MEDIA_IN = ['input_audio', 'input_image'] as const;
const MEDIA_OUT = ['output_audio', 'output_image'] as const;
const POOLED: ReadonlySet<string> = new Set([...TEXT_IN, ...TEXT_OUT]);

const priceAt = (price: UnitPrice, input: number): NanoUsdPerMillion => {
  if (typeof price === 'bigint') return price;
  let reached = price.base;
  for (const tier of price.tiers) if (input > tier.above) reached = tier.price;
  return reached;
};

const dearestUpTo = (price: UnitPrice, input: number): NanoUsdPerMillion => {
  if (typeof price === 'bigint') return price;
  let dearest = price.base;
  for (const tier of price.tiers) if (input > tier.above && tier.price > dearest) dearest = tier.price;
  return dearest;
};

/** The dearest price of a kind at any size of request. */
export const dearestOf = (price: UnitPrice): NanoUsdPerMillion => dearestUpTo(price, Number.POSITIVE_INFINITY);

/**
 * What a call cost: units × price summed, rounded once, half to even. Tiers go by the call's input total. Where the provider
 * bills each request, a record that does not count them is one.
 * @returns null when a kind that was used has no price: such a call is unpriced, never free.
 */
export function costOf(units: Units, prices: UnitPrices): NanoUsd | null {
  let sum = 0n;
  let input = -1;
  for (const key in units) {
    const kind = key as UnitKind;
    const quantity = units[kind];
    if (!quantity) continue;
    if (quantity < 0) throw new RangeError(`${quantity} units of ${kind}: units are 0 or more`);
    const price = prices[kind];
    if (price === undefined) return null;
    if (typeof price !== 'bigint' && input < 0) input = inputTotal(units);
    sum += BigInt(quantity) * priceAt(price, input);
  }
  if (units.request === undefined && prices.request !== undefined) sum += priceAt(prices.request, inputTotal(units));
  return nanoUsd(divideHalfEven(sum, MILLION));
}

/** The kinds that were used (more than 0) and have no price, in the order they are named. */
export const missingPrices = (units: Units, prices: UnitPrices): UnitKind[] =>
  (Object.keys(units) as UnitKind[]).filter((kind) => (units[kind] ?? 0) > 0 && prices[kind] === undefined);

/**
 * The most that a call of these bounds can cost, rounded up. `input` stands for all that goes in: each of its units is taken at
 * the dearest of plain input, cache reads and writes, audio and images; `output` for all that comes out, reasoning included; at
 * the dearest long-context tier that the bounds allow. A caller that knows better says so: a kind bounded at 0 is ruled out, and
 * audio and images with a bound of their own count by that. One request is added where the provider bills them.
 * @returns null when a bounded kind has no price.
 */
export function worstCase(maxUnits: Units, prices: UnitPrices): NanoUsd | null {
  const size = inputTotal(maxUnits);
  const textIn = poolOf(maxUnits, prices, size, TEXT_IN, MEDIA_IN);
  const textOut = poolOf(maxUnits, prices, size, TEXT_OUT, MEDIA_OUT);
  if (textIn === null || textOut === null) return null;
  let sum = textIn + textOut;
  for (const key in maxUnits) {
    const kind = key as UnitKind;
    const quantity = maxUnits[kind];
    if (!quantity || POOLED.has(kind)) continue;
    const price = prices[kind];
    if (price === undefined) return null;
    sum += BigInt(quantity) * dearestUpTo(price, size);
  }
  if (maxUnits.request === undefined && prices.request !== undefined) sum += dearestUpTo(prices.request, size);
  return nanoUsd(divideUp(sum, MILLION));
}

function poolOf(
  maxUnits: Units,
  prices: UnitPrices,
  size: number,
  text: typeof TEXT_IN | typeof TEXT_OUT,
  media: typeof MEDIA_IN | typeof MEDIA_OUT,
): bigint | null {
  let quantity = 0;
  for (const kind of text) quantity += maxUnits[kind] ?? 0;
  if (quantity === 0) return 0n;
  const plain = prices[text[0]];
  if (plain === undefined) return null;
  let dearest = dearestUpTo(plain, size);
  for (const kind of text) dearest = dearerOf(dearest, maxUnits[kind] === 0 ? undefined : prices[kind], size);
  for (const kind of media) dearest = dearerOf(dearest, maxUnits[kind] === undefined ? prices[kind] : undefined, size);
  return BigInt(quantity) * dearest;
}

const dearerOf = (known: NanoUsdPerMillion, price: UnitPrice | undefined, size: number): NanoUsdPerMillion => {
  if (price === undefined) return known;
  const other = dearestUpTo(price, size);
  return other > known ? other : known;
};

/** Whether whatever a call of this model uses costs nothing: input and output have prices, and no price at all is above 0. */
export const isFree = (prices: UnitPrices): boolean =>
  prices.input !== undefined &&
  prices.output !== undefined &&
  Object.values(prices).every((price) => price !== undefined && dearestOf(price) === 0n);

/**
 * Listed prices with those added that providers leave out because they bill a kind as another:
 * - cache reads without a price of their own are billed as input (the dearer, so never below the truth);
 * - image input is metered as input where no image price is listed; image output as output where only the input's is listed
 *   (the `gpt-image` models);
 * - reasoning is billed as output (OpenAI, Anthropic, Google; where it differs it is listed);
 * - Claude's one-hour cache writes cost twice its input (Anthropic's rule, at Bedrock and Vertex too) where five-minute ones are listed.
 * Audio, plain cache writes and tool calls are never derived: without a price they are unpriced.
 */
export function withBilledAs(model: string, listed: UnitPrices): UnitPrices {
  const prices: { [kind in UnitKind]?: UnitPrice } = { ...listed };
  const billAs = (kind: UnitKind, price: UnitPrice | undefined) => {
    if (prices[kind] === undefined && price !== undefined) prices[kind] = price;
  };
  billAs('input_cache_read', listed.input);
  billAs('output_reasoning', listed.output);
  if (listed.input_image !== undefined) billAs('output_image', listed.output);
  billAs('input_image', listed.input);
  if (model.includes('claude') && listed.input !== undefined && listed.input_cache_write_5m !== undefined) {
    billAs('input_cache_write_1h', twice(listed.input));
  }
  return prices;
}

const twice = (price: UnitPrice): UnitPrice =>
  typeof price === 'bigint'
    ? nanoUsdPerMillion(price * 2n)
    : {
        base: nanoUsdPerMillion(price.base * 2n),
        tiers: price.tiers.map((tier) => ({ above: tier.above, price: nanoUsdPerMillion(tier.price * 2n) })),
      };
