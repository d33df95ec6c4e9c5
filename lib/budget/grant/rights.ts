import { mayPass, ownsBudget, RIGHTS, type Right } from '@/lib/auth/rights';
import type { Actor } from '@/lib/context';

/** Whether an actor passes a right whatever the budget: by role or by key. */
const byRank = (actor: Actor, right: Right): boolean =>
  actor.kind === 'member' ? RIGHTS[right].roles.includes(actor.role) : mayPass(actor, right);

/** Whether an actor may ask for a grant out of a budget: an escalation owner out of any, a budget's owner out of their own. */
export const mayAskForGrant = (actor: Actor, ownerId: string | null): boolean =>
  byRank(actor, 'grant.ask') || ownsBudget(actor, ownerId) || (actor.kind === 'member' && actor.duties.includes('escalation_owner'));

/** Whether an actor may approve grants out of a budget that somebody else asks for: a person, never a key. */
export const mayApproveGrant = (actor: Actor, ownerId: string | null): boolean =>
  actor.kind === 'member' && (byRank(actor, 'grant.approve') || ownsBudget(actor, ownerId));

/** Whether an actor may end a grant out of a budget, or decline one: whoever may ask for it or approve it. */
export const mayEndGrant = (actor: Actor, ownerId: string | null): boolean =>
  mayAskForGrant(actor, ownerId) || mayApproveGrant(actor, ownerId);
