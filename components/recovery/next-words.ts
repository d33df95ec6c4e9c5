import type { CriterionOut, PlanOut } from '@/lib/recovery/schema';
import { dayWords } from './words';

const CLOSING: Record<CriterionOut['key'], string> = {
  stable_days: 'stable days',
  forecast: 'the forecast',
  unpriced: 'a price',
  grants: 'the end of a grant',
  demand: 'demand',
  checks: 'the check list',
};

const listed = (words: string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

/** What a recovery needs next: the money, a step's gate or its yes, or what still keeps it from being closed. */
export function nextWords(plan: PlanOut): { text: string; isPersons: boolean } {
  if (plan.phase === 'closed') return { text: 'nothing: it is closed', isPersons: false };
  if (plan.room === null && plan.stagePercent === null) return { text: 'say where the money comes from', isPersons: true };
  const gate = plan.steps.find((step) => step.state === 'next')?.gate;
  if (gate) {
    const waits = gate.checks.find((check) => !check.passed);
    if (waits) return { text: `${gate.percent}\u00a0%: ${waits.detail.charAt(0).toLowerCase()}${waits.detail.slice(1)}`, isPersons: false };
    return gate.needsPerson
      ? { text: `say yes to ${gate.percent}\u00a0%`, isPersons: true }
      : { text: `${gate.percent}\u00a0% opens by itself`, isPersons: false };
  }
  const missing = plan.criteria.filter((each) => !each.met);
  if (missing.length === 0) return { text: 'close it', isPersons: true };
  const when = plan.stable.earliestClose === null ? 'it' : `${dayWords(plan.stable.earliestClose)} at the earliest`;
  return { text: `close ${when}; it waits for ${listed(missing.map((each) => CLOSING[each.key]))}`, isPersons: false };
}
