import type { Tx } from './db';
import type { Instant } from './kernel/instant';

export const ROLES = ['viewer', 'analyst', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const DUTIES = ['budget_owner', 'escalation_owner'] as const;
export type Duty = (typeof DUTIES)[number];

export const SCOPES = ['usage:write', 'spend:authorize', 'gateway', 'flags:read', 'read', 'admin'] as const;
/** What an API key may do. */
export type Scope = (typeof SCOPES)[number];

/** A model that a key may call. */
export type ModelPin = { provider: string; model: string };

/** What a key says of every call it makes, whatever the call says; and the models it may call, where not all. */
export type Pins = { workload?: string; feature?: string; customer?: string; tags: Record<string, string>; models?: ModelPin[] };

/** Who asks: a person, a machine, or the program itself (a job, the start script, the sample's author). */
export type Actor =
  | { kind: 'member'; id: string; personId: string; name: string; role: Role; duties: Duty[] }
  | { kind: 'api_key'; id: string; name: string; scopes: Scope[]; pins: Pins }
  | { kind: 'system'; id: string; name: string };

/** Who asks, for which organisation, in which request: known before a transaction is opened. */
export type Caller = { actor: Actor; orgId: string; requestId: string };

/** The only thing handed down: who, where, when, and the transaction everything of this change is written in. */
export type Context = Caller & { now: Instant; tx: Tx };
