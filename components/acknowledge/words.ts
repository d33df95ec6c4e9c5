import type { LinkPage } from '@/lib/breach/link/read';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatTime } from '@/lib/kernel/format-time';

/** What nobody has done yet, and when it climbs. */
export function unansweredLine({ breach, zone }: LinkPage): string {
  const { nextAt } = breach.climb;
  return `Nobody has answered yet.${nextAt === null ? '' : ` Climbs at ${formatTime(nextAt, zone)}.`}`;
}

/** Who has it, in a word or two and a sentence. */
export function standingWords(page: LinkPage): { title: string; text: string; isYours: boolean } {
  const { breach, zone, standing } = page;
  const at = breach.answeredAt === null ? '' : formatTime(breach.answeredAt, zone);
  if (standing === 'mine') {
    const next = breach.answerExpiresAt === null ? '' : `; next reminder ${formatTime(breach.answerExpiresAt, zone)}`;
    return { title: 'You have it.', text: `Acknowledged ${at}. Climb ended${next}.`, isYours: true };
  }
  if (standing === 'theirs')
    return { title: `${breach.answeredByName} has it.`, text: `Acknowledged ${at}. The climb has ended.`, isYours: false };
  if (standing === 'closed')
    return { title: 'It is over.', text: `${breach.closedByName} closed this breach: ${breach.summary}`, isYours: false };
  return { title: 'This link is used up.', text: 'Sign in to answer: the breach is still open.', isYours: false };
}

/** `$34,188.00` and `/ $34,200.00`, of the running period. */
export function spentOfLimit({ breach }: LinkPage): { spent: string; limit: string; share: number } {
  const { chargedNanoUsd, limitNanoUsd } = breach.figuresNow ?? breach.figuresThen;
  const [spent, limit] = [BigInt(chargedNanoUsd), BigInt(limitNanoUsd)];
  const share = limit === 0n ? 1 : Math.min(1, Number((spent * 10_000n) / limit) / 10_000);
  return { spent: formatMoney(chargedNanoUsd), limit: `/ ${formatMoney(limitNanoUsd)}`, share };
}

/** Who may give money from the reserve, and how much. */
export const grantLine = ({ breach, reserveNanoUsd }: LinkPage): string =>
  `You may not grant; ${breach.budget.ownerName ?? 'an admin'} can, up to ${formatMoney(reserveNanoUsd)}.`;

export const calls = (count: number): string => formatCount(count);
