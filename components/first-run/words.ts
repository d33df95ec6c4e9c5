import { formatCount, formatMoney } from '@/lib/kernel/format-money';

/** A step towards being guarded: whether it is done, and where it is done. */
export type Step = { key: string; label: string; done: boolean; href: string };

/** A call that came in, as the first run shows it. */
export type Call = {
  workload: string;
  provider: string;
  model: string;
  units: Record<string, number>;
  basis: string;
  amountNanoUsd: string;
  /** What priced it: the catalogue's version, prices of one's own, or both; null when nothing did. */
  priceRef: string | null;
  receivedAt: string;
};

/** "Guarded: 2 of 6. Left: budget, enforce, second admin." */
export function guardedLine(steps: readonly Step[]): string {
  const left = steps.filter((step) => !step.done).map((step) => step.label);
  const head = `Guarded: ${steps.length - left.length} of ${steps.length}.`;
  return left.length === 0 ? `${head} Nothing left to set up.` : `${head} Left: ${left.join(', ')}.`;
}

/** The screen's first line: what is so, and what is next. @param next the workload that a budget is proposed for */
export function firstLine(steps: readonly Step[], next: string | null): string {
  const isDone = (key: string) => steps.some((step) => step.key === key && step.done);
  if (!isDone('call')) return 'Nothing has come in yet: send one call, or open the sample.';
  if (!isDone('budget') && next !== null) return `Your first call is in. Next, give ${next} a budget.`;
  return guardedLine(steps);
}

/** `input_cache_read` is "Input cache read". */
export const unitName = (unit: string): string => unit.charAt(0).toUpperCase() + unit.slice(1).replaceAll('_', ' ');

/** Everything that was counted in tokens; tool calls and requests are no tokens. */
const tokensOf = (units: Record<string, number>): number =>
  Object.entries(units)
    .filter(([kind]) => kind !== 'request' && !kind.startsWith('tool_call:'))
    .reduce((sum, [, count]) => sum + count, 0);

/** "gpt-4o-mini, 955 tokens, $0.00021." */
export function receivedLine({ model, units, basis, amountNanoUsd }: Call): string {
  const cost = basis === 'unpriced' ? 'without a price yet' : formatMoney(amountNanoUsd);
  return `${model}, ${formatCount(tokensOf(units))} tokens, ${cost}.`;
}

/** Where the cost of a call is from. */
export function pricedBy({ basis, priceRef }: Pick<Call, 'basis' | 'priceRef'>): string {
  if (basis === 'unpriced') return 'no price is known for this model.';
  if (basis === 'stated') return 'as the sender stated it';
  const [catalogue, ...own] = (priceRef ?? '').split('+').sort((a, b) => Number(a.startsWith('prc_')) - Number(b.startsWith('prc_')));
  return own.length > 0 || catalogue?.startsWith('prc_') ? 'priced by a price of yours' : `priced by the catalogue ${catalogue}`;
}

/** The command that sends a first call. @param at an ISO time that the call is said to be of */
export function firstCommand(base: string, secret: string, workload: string, at: string): string {
  const second = at.replace(/\.\d+/, '');
  const call = {
    ...{ eventId: `first-${at.replace(/\D/g, '').slice(2, 14)}`, occurredAt: second, workload, provider: 'openai', model: 'gpt-4o-mini' },
    units: { input: 809, output: 146 },
  };
  return [
    `curl ${base}/api/v1/usage \\`,
    `  -H "Authorization: Bearer ${secret}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify({ records: [call] })
      .replace('"provider"', '\n       "provider"')
      .replace('"units"', '\n       "units"')}'`,
  ].join('\n');
}
