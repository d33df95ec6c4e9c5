import type { GrantOut } from '@/lib/budget/grant/schema';
import type { BudgetOut } from '@/lib/budget/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import type { StatusKind } from '../../ui/status';
import type { Condition } from '../new/draft';
import { fieldWord, scopeParts } from '../words';

/** What whoever looks may do with grants of this budget. `self` is their member id. */
export type MayGrant = { ask: boolean; approve: boolean; end: boolean; self: string };

/** What of the running period's reserve can still be granted, nano-dollars: what is open, and what was spent of ended grants, is not. */
export function reserveLeft({ current }: Pick<BudgetOut, 'current'>): bigint {
  const left = BigInt(current.amountNanoUsd) - BigInt(current.hardStopNanoUsd) - BigInt(current.grantedNanoUsd);
  return left > 0n ? left : 0n;
}

/** How a grant stands, as a status: a declined one was never open. */
export function grantStatus(grant: GrantOut): [StatusKind, string] {
  if (grant.state === 'open') return ['in_force', 'open'];
  if (grant.state === 'asked') return ['prepared', 'waits for approval'];
  if (grant.approvedAt !== null) return ['off', 'ended'];
  return ['off', grant.endedByName === null ? 'ran out' : grant.endedBy === grant.askedBy ? 'taken back' : 'declined'];
}

/** Which calls may spend a grant, in words. */
export function grantFor({ scope }: Pick<GrantOut, 'scope'>): string {
  const parts = scopeParts(scope);
  return parts.length === 0
    ? 'every call of this budget'
    : `calls of ${parts.map(({ field, value }) => `${field} ${value}`).join(' and ')}`;
}

/** The same of conditions that are being typed. */
export function spendersSentence(conditions: Condition[]): string {
  const named = conditions.filter((each) => each.value.trim() !== '');
  if (named.length === 0) return 'Every call of this budget may spend it.';
  const parts = named.map((each) => (each.field === 'tag' ? `tag ${each.tag} = ${each.value}` : `${fieldWord(each.field)} ${each.value}`));
  return `Only calls of ${parts.join(' and ')} may spend it; others see the limit without it.`;
}

/** What is spent of a grant, and what its calls under way have set aside. */
export function grantUse({ amountNanoUsd, spentNanoUsd, heldNanoUsd, state }: GrantOut): string {
  if (state !== 'open') return `${formatMoney(spentNanoUsd)} of ${formatMoney(amountNanoUsd)} was spent.`;
  const left = BigInt(amountNanoUsd) - BigInt(spentNanoUsd) - BigInt(heldNanoUsd);
  const held = heldNanoUsd === '0' ? '' : `, ${formatMoney(heldNanoUsd)} set aside`;
  return `${formatMoney(spentNanoUsd)} spent${held}; ${formatMoney(left > 0n ? left : 0n)} left.`;
}
