import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { formatTime } from '@/lib/kernel/format-time';
import type { Instant } from '@/lib/kernel/instant';
import type { BreachCause, BreachFigures, Phase } from './row';

/** Of what a breach is, what its sentences need. */
export type Told = { budgetName: string; cause: BreachCause; openedAt: Instant; figures: BreachFigures; level: number | null };

/** A level as a share, as people read it: 0.8 is `80 %`. */
const shareWords = (share: number): string => formatPercent(share, Number.isInteger(Math.round(share * 1e6) / 1e4) ? 0 : 2);

/** What happened, in a line: `support-bot stopped 03:12`. */
export function titleOf({ budgetName, cause, openedAt, level, figures }: Told, zone: string): string {
  if (figures.finding !== undefined && (cause === 'burn' || cause === 'forecast')) return `${budgetName} ${figures.finding}`;
  if (cause === 'level') return `${budgetName} reached ${level === null ? 'a level' : shareWords(level)} of its amount`;
  if (cause === 'refusing') return `${budgetName} has let nothing pass for 15 minutes`;
  return `${budgetName} stopped ${formatTime(openedAt, zone)}`;
}

const CAUSES: Record<BreachCause, string> = {
  level: 'Spend goes on until its stop.',
  burn: 'At this rate its amount does not last. Spend goes on until its stop.',
  forecast: 'Spend goes on until its stop.',
  refusing: 'Every call asked for more than is free, so all were refused, and no stop says so.',
  charged: 'What is charged has reached its limit: every paid call of its scope is refused.',
  no_room: 'An ordinary call does not fit any more: every paid call of its scope is refused.',
  by_hand: 'A person stopped it: every paid call of its scope is refused.',
  amount_lowered: 'Its limit was lowered below what is charged: every paid call of its scope is refused.',
  resume_aborted: 'Its recovery was aborted: every paid call of its scope is refused again.',
  grant_ended: 'A grant ended, and without it its money is spent: every paid call of its scope is refused.',
  enforced: 'It was above its limit when it began to enforce: every paid call of its scope is refused.',
};

/** The figures and what they mean, in sentences. */
export const sentencesOf = ({ cause, figures }: Told): string =>
  `${formatMoney(figures.chargedNanoUsd)} of its limit of ${formatMoney(figures.limitNanoUsd)} is charged. ${CAUSES[cause]}`;

/** What those who are asked for an answer read on top. @param next when it climbs without one */
export const climbSentence = (next: Instant, zone: string): string =>
  `Nobody has answered yet. Acknowledge it and it is yours; without an answer it climbs at ${formatTime(next, zone)}.`;

/**
 * The phase that follows from what holds spend back now. Recovery moves a breach by its own rules, and a closed one stays closed.
 * @param isHeld an open stop that refuses, or an action of the breach that has begun
 */
export const phaseNow = (phase: Phase, isHeld: boolean): Phase =>
  phase === 'recovering' || phase === 'closed' ? phase : isHeld ? 'contained' : 'open';
