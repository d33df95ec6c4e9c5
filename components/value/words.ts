import { formatCount, formatMoney, formatPercent } from '@/lib/kernel/format-money';
import type { KpiOut, SplitOut, ValueOut } from '@/lib/value/schema';

/** What spend is worth, in one line. */
export function valueFirstLine({ kpis, splits }: Pick<ValueOut, 'kpis' | 'splits'>): string {
  if (kpis.length === 0) return 'Nothing was spent in the last 30 days.';
  const told = kpis.filter((each) => each.costPerSuccess.now !== null);
  if (told.length === 0) return 'No workload tells what came of its calls yet.';
  const advised = splits.filter((each) => each.verdict === 'advised');
  const saving = advised.reduce((sum, each) => sum + BigInt(each.savingNanoUsd ?? 0), 0n);
  if (saving > 0n) return `Other models would do as well for ${formatMoney(saving)} less in 30 days.`;
  const [most] = told;
  return `A success of ${most?.name} costs ${formatMoney(most?.costPerSuccess.now ?? '0')}; ${told.length} of ${kpis.length} workloads tell.`;
}

/** How a figure moved since the 30 days before; null where there was none. */
export function movedWords(now: number, before: number | null): string | null {
  if (before === null || before === 0) return null;
  const change = now / before - 1;
  if (Math.abs(change) < 0.005) return 'as before';
  return `${change > 0 ? '+' : '−'}${formatPercent(Math.abs(change), 0)}`;
}

/** What is said of a split, and why. */
export function splitWords({ verdict, from, to, quality, required }: SplitOut): string {
  const at = quality ? `${formatPercent(quality.mean, 0)} (${formatPercent(quality.low, 0)} to ${formatPercent(quality.high, 0)})` : '';
  const asked = required === null ? '' : formatPercent(required, 0);
  switch (verdict) {
    case 'advised':
      return `${to.model} is measured at ${at} over ${formatCount(quality?.count ?? 0)} outcomes; ${asked} is asked for.`;
    case 'worse':
      return `${to.model} is measured at ${at}: the lower end is under the ${asked} that is asked for.`;
    case 'no_saving':
      return `${to.model} does as well, and a success costs no less.`;
    default:
      return `${formatCount(Math.min(from.known, to.known))} of 200 outcomes: no evidence yet.`;
  }
}

const SNIPPETS = { outcome: '"outcome": "success"', quality: '"quality": 0.9', converted: '"converted": true' } as const;

/** What a program adds to a settlement or a record, so that there is a figure. */
export const snippetOf = (missing: KpiOut['missing'], baseUrl: string): string =>
  `curl -X PATCH ${baseUrl}/api/v1/usage/<event id>/outcome \\\n  -H "Authorization: Bearer $HARDSTOP_KEY" -H "Content-Type: application/json" \\\n  -d '{ ${missing.map((each) => SNIPPETS[each]).join(', ')} }'`;
