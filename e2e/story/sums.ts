/**
 * What the story's calls cost, worked out apart from the product: nano-dollars a million units, as the provider lists gpt-4o, and as
 * the story's contract says for gpt-4o-mini.
 */
export const PRICES = {
  'gpt-4o': { input: 2_500_000_000n, output: 10_000_000_000n },
  'gpt-4o-mini': { input: 131_313_131n, output: 525_252_525n },
} as const;

export type Model = keyof typeof PRICES;
export type Units = { input: number; output: number };

const MILLION = 1_000_000n;

/** A call's cost: rounded once, half to even. */
export function costOf(model: Model, units: Units): bigint {
  const price = PRICES[model];
  const exact = BigInt(units.input) * price.input + BigInt(units.output) * price.output;
  const [whole, rest] = [exact / MILLION, exact % MILLION];
  const isUp = rest * 2n > MILLION || (rest * 2n === MILLION && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
}

/** A call that was made: when, and what it cost. */
export type Call = { at: string; eventId: string | null; model: Model; nano: bigint };

export const sumOf = (calls: readonly Call[]): bigint => calls.reduce((sum, each) => sum + each.nano, 0n);

/** The calls of one UTC day. */
export const onDay = (calls: readonly Call[], date: string): Call[] => calls.filter((each) => each.at.startsWith(date));
