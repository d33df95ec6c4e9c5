import type { BreachOut } from '@/lib/breach/schema';
import { formatDay, formatTime } from '@/lib/kernel/format-time';
import type { StatusKind } from '../ui/status';

/** Which of the three boards a breach stands on. */
export const BOARDS = ['open', 'recovering', 'closed'] as const;
export type Board = (typeof BOARDS)[number];
export const boardOf = ({ phase }: Pick<BreachOut, 'phase'>): Board => (phase === 'open' || phase === 'contained' ? 'open' : phase);

/** The board that is shown while none is chosen: what is open, else what is on its way back. */
export const firstBoard = (breaches: readonly Pick<BreachOut, 'phase'>[]): Board => {
  const there = new Set(breaches.map(boardOf));
  return !there.has('open') && there.has('recovering') ? 'recovering' : 'open';
};

const number = (count: number): string =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count);
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who is on it, and are we stable yet: of all breaches, in one line. */
export function breachesFirstLine(breaches: readonly BreachOut[]): string {
  const open = breaches.filter((each) => each.phase !== 'closed');
  if (breaches.length === 0) return 'Nothing to answer: no budget has been breached yet.';
  if (open.length === 0) return `Nothing to answer. All ${breaches.length === 1 ? 'of it' : breaches.length} closed.`;
  const unanswered = open.filter((each) => each.answeredAt === null);
  const [first] = unanswered;
  const recovering = open.filter((each) => each.phase === 'recovering').length;
  if (first)
    return unanswered.length === 1
      ? `${first.title} waits for an answer.`
      : `${sentence(number(unanswered.length))} breaches wait for an answer; ${first.title} first.`;
  if (recovering === open.length)
    return `${sentence(number(open.length))} ${open.length === 1 ? 'budget is' : 'budgets are'} recovering; everything is answered.`;
  return `${sentence(number(open.length))} open, all answered; ${number(recovering)} recovering.`;
}

/** Who has it: the answer is one axis, the phase another. */
export function answerWords(breach: BreachOut): { kind: StatusKind; word: string } {
  if (breach.answeredAt !== null) return { kind: 'ok', word: breach.answeredByName ?? 'answered' };
  return breach.phase === 'closed' ? { kind: 'off', word: 'unanswered' } : { kind: 'warn', word: 'unanswered' };
}

export const PHASE_STATUS: Record<BreachOut['phase'], { kind: StatusKind; word: string }> = {
  open: { kind: 'stopped', word: 'open' },
  contained: { kind: 'in_force', word: 'contained' },
  recovering: { kind: 'live', word: 'recovering' },
  closed: { kind: 'ok', word: 'closed' },
};

/** One breach, in one line. @param stable days in a row at 100 %, of how many, and the first day to close; null without a plan */
export function breachFirstLine(
  breach: BreachOut,
  stable: { days: number; need: number; earliestClose: string | null; percent: number | null } | null,
  zone: string,
): string {
  if (breach.phase === 'closed') return `${breach.title}: closed by ${breach.closedByName ?? 'Hardstop'}.`;
  if (breach.answeredAt === null) {
    const { nextAt } = breach.climb;
    return `${breach.title}; nobody has answered${nextAt === null ? '' : `, climbs ${formatTime(nextAt, zone)}`}.`;
  }
  if (breach.phase === 'recovering' && stable && stable.percent !== null) {
    const close = stable.earliestClose === null ? '' : `, earliest close ${formatDay(`${stable.earliestClose}T12:00:00Z`, 'UTC')}`;
    return `${breach.budget.name} recovers at ${stable.percent}\u00a0%: ${stable.days} of ${stable.need} stable days${close}.`;
  }
  return `${breach.title}. ${breach.answeredByName ?? 'Someone'} has it${breach.isStopped ? '; it is stopped' : ''}.`;
}
