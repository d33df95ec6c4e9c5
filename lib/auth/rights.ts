import type { Actor, Duty, Role, Scope } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';

/** Who may: a member with one of the roles or with the duty, a key with one of the scopes, or anyone without saying who they are. */
export type RightRow = { roles: readonly Role[]; scopes: readonly Scope[]; duty?: Duty | readonly Duty[]; anyone?: true };

const EVERY_ROLE = ['viewer', 'analyst', 'operator', 'admin'] as const;
const EVERY_SCOPE = ['usage:write', 'spend:authorize', 'gateway', 'flags:read', 'read', 'admin'] as const;

const reading: RightRow = { roles: EVERY_ROLE, scopes: ['read', 'admin'] };
const ruling: RightRow = { roles: ['admin'], scopes: ['admin'] };
const analysing: RightRow = { roles: ['analyst', 'admin'], scopes: ['admin'] };
const operating: RightRow = { roles: ['operator', 'admin'], scopes: ['admin'] };
const machine = (scope: Scope): RightRow => ({ roles: [], scopes: [scope] });

const table = {
  anyone: { roles: EVERY_ROLE, scopes: EVERY_SCOPE, anyone: true },
  'me.read': { roles: EVERY_ROLE, scopes: EVERY_SCOPE },
  'session.write': { roles: EVERY_ROLE, scopes: [] },
  'notice.own': { roles: EVERY_ROLE, scopes: [] },
  'member.own': { roles: EVERY_ROLE, scopes: [] },
  'org.read': reading,
  'budget.read': reading,
  'workload.read': reading,
  'spend.read': reading,
  'data.read': reading,
  'price.read': reading,
  'stop.read': reading,
  'containment.read': reading,
  'breach.read': reading,
  'member.read': reading,
  'export.read': reading,
  'event.read': reading,
  'channel.read': reading,
  'provider.read': reading,
  'notice.read': reading,
  'budget.write': analysing,
  'threshold.write': { ...ruling, duty: 'budget_owner' },
  'budget.mode': { ...analysing, duty: 'budget_owner' },
  'stop.write': { ...operating, duty: 'budget_owner' },
  'containment.write': { ...operating, duty: 'budget_owner' },
  // Whoever was told of a breach may answer it, whatever their role: the verb asks.
  'breach.answer': { roles: EVERY_ROLE, scopes: ['admin'] },
  'policy.write': ruling,
  'grant.ask': { ...operating, duty: ['budget_owner', 'escalation_owner'] },
  'recovery.read': reading,
  'recovery.write': { ...operating, duty: 'budget_owner' },
  'recovery.note': { ...operating, duty: ['budget_owner', 'escalation_owner'] },
  // A second person, and never a key: the verb asks.
  'grant.approve': { ...analysing, duty: 'budget_owner' },
  // Whoever may ask for a grant or approve one may take it back or decline it: the verb asks.
  'grant.end': { roles: ['analyst', 'operator', 'admin'], scopes: ['admin'], duty: ['budget_owner', 'escalation_owner'] },
  'kpi.write': { roles: ['analyst', 'operator', 'admin'], scopes: ['admin'], duty: 'budget_owner' },
  'playbook.read': reading,
  'playbook.write': { roles: ['analyst', 'operator', 'admin'], scopes: ['admin'], duty: ['budget_owner', 'escalation_owner'] },
  'workload.write': operating,
  'price.write': analysing,
  'usage.correct': analysing,
  'org.write': ruling,
  'member.write': ruling,
  'key.read': ruling,
  'key.write': ruling,
  'audit.read': ruling,
  'channel.write': ruling,
  'provider.write': ruling,
  'notice.write': operating,
  // The sample is a person's own to look at.
  'sample.write': { roles: ['admin'], scopes: [] },
  'usage.write': machine('usage:write'),
  'spend.authorize': machine('spend:authorize'),
  'flag.read': machine('flags:read'),
  'gateway.call': machine('gateway'),
} satisfies Record<string, RightRow>;

/** What a door asks of whoever comes: a row of the one table. */
export type Right = keyof typeof table;

/** The one table of who may do what; `lib/api/rights.test.ts` asks every door of it as everyone. Roles do not contain each other. */
export const RIGHTS: Readonly<Record<Right, RightRow>> = table;

const byRank = (actor: Actor, row: RightRow): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'member' ? row.roles.includes(actor.role) : actor.scopes.some((scope) => row.scopes.includes(scope)));

const byDuty = (actor: Actor, row: RightRow): boolean =>
  actor.kind === 'member' && row.duty !== undefined && [row.duty].flat().some((duty) => actor.duties.includes(duty));

/** Whether an actor passes a right. One that passes only by a duty may do it to what is theirs: the verb asks `requireBudgetRight`. */
export const mayPass = (actor: Actor, right: Right): boolean => byRank(actor, RIGHTS[right]) || byDuty(actor, RIGHTS[right]);

/** All rights of an actor, for the browser to know which buttons to show; the doors decide. */
export const rightsOf = (actor: Actor): Right[] =>
  (Object.keys(RIGHTS) as Right[]).filter((right) => right !== 'anyone' && mayPass(actor, right));

/** Whether a budget is the actor's own: a member with the budget owner's duty who is its owner. */
export const ownsBudget = (actor: Actor, budgetOwnerId: string | null): boolean =>
  actor.kind === 'member' && actor.duties.includes('budget_owner') && actor.id === budgetOwnerId;

/**
 * For verbs on a budget: an actor's rank allows it on every budget, the duty only on their own.
 * @throws Fault budget.not_yours
 */
export function requireBudgetRight(actor: Actor, right: Right, budgetOwnerId: string | null): void {
  if (byRank(actor, RIGHTS[right]) || ownsBudget(actor, budgetOwnerId)) return;
  throw new Fault('budget.not_yours', "Only this budget's owner may do this, or someone whose role allows it on every budget.");
}
