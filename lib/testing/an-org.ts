import { makeKeySecret } from '@/lib/auth/secrets';
import { sealSession, sessionCookieName } from '@/lib/auth/session';
import { makeStandingBudgets } from '@/lib/budget/make-standing';
import { type Actor, type Context, type Duty, ROLES, type Role, SCOPES, type Scope } from '@/lib/context';
import { reader, type Tx, transaction } from '@/lib/db';
import type { Door } from '@/lib/http/door';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import { makeKey } from '@/lib/org/key/make';
import { makeOrganisation } from '@/lib/org/make';
import { findOrMakePerson } from '@/lib/org/member/person';

/** Everyone a test may ask as: a member of each role, and viewers with one duty each. */
export const WHO = [...ROLES, 'budget_owner', 'escalation_owner'] as const;
export type Who = (typeof WHO)[number];

/** A member with a session that is open, or a key with one scope. */
export type TestMember = { actor: Extract<Actor, { kind: 'member' }>; email: string; cookie: string };
export type TestKey = { id: string; secret: string };

/** As whom a door is asked. */
export type As = Who | Scope | 'admin-key' | null;

type Ask = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; headers?: Record<string, string> };

const EARLIER = parseInstant('2026-01-05T09:00:00Z') as Instant;
const ORIGIN = 'http://hardstop.test';

/** A private organisation with people, keys and its two standing budgets (observing), as its own verbs make it. */
export type TestOrg = {
  orgId: string;
  /** When it was made. */
  now: Instant;
  members: Record<Who, TestMember>;
  keys: Record<Scope, TestKey>;
  /** The `Cookie` header of someone who is signed in. */
  sessionCookie(who: Who): string;
  /** A context outside a transaction, for reads. */
  ctx(now?: Instant, who?: Who): Context;
  /** Runs a verb in a transaction at a time, as someone (an admin). */
  run<Result>(work: (ctx: Context) => Promise<Result>, now?: Instant, who?: Who): Promise<Result>;
  /** Asks a door as a member, with the key of a scope (`admin-key`: the key, not the member), or (null) as nobody. */
  ask(door: Door, as: As, asked?: Ask): Promise<Response>;
};

const ENDS = '2200-01-01T00:00:00Z';

async function signIn(tx: Tx, orgId: string, personId: string, now: Instant): Promise<string> {
  const id = makeId('ses', now);
  await tx.query('INSERT INTO session (id, person_id, org_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    id,
    personId,
    orgId,
    toIso(now),
    ENDS,
  ]);
  return `${sessionCookieName()}=${await sealSession(id)}`;
}

async function addMember(ctx: Context, who: Who): Promise<TestMember> {
  const { tx, orgId, now } = ctx;
  const id = makeId('mem', now);
  const email = `${id}@hardstop.test`;
  const person = await findOrMakePerson(tx, { email, name: `The ${who.replace('_', ' ')}` }, now);
  const role: Role = who === 'budget_owner' || who === 'escalation_owner' ? 'viewer' : who;
  const duties: Duty[] = who === 'budget_owner' || who === 'escalation_owner' ? [who] : [];
  await tx.query('INSERT INTO member (org_id, id, person_id, role, duties, joined_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)', [
    orgId,
    id,
    person.id,
    role,
    duties,
    toIso(now),
  ]);
  const actor = { kind: 'member' as const, id, personId: person.id, name: person.name, role, duties };
  return { actor, email, cookie: await signIn(tx, orgId, person.id, now) };
}

/** A request to a door, as someone. */
function requestTo(door: Pick<Door, 'method' | 'path'>, asked: Ask, credentials: Record<string, string>): Request {
  const path = door.path.replace(/\{(\w+)(?:\.\.\.)?\}/g, (_, name: string) => encodeURIComponent(asked.params?.[name] ?? name));
  const query = asked.query ? `?${new URLSearchParams(asked.query)}` : '';
  const headers = new Headers({ origin: ORIGIN, host: new URL(ORIGIN).host, ...credentials, ...asked.headers });
  if (asked.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const body = asked.body === undefined || typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body);
  return new Request(`${ORIGIN}${path}${query}`, { method: door.method, headers, body: body as string | undefined });
}

/** Makes one. @param now when it is made: in the past, so that the database's clock is after it */
export async function anOrg(now: Instant = EARLIER, zone = 'Europe/Berlin'): Promise<TestOrg> {
  return transaction(async (tx) => {
    const calendar = { zone, weekStart: 1, fiscalYearStart: 1 };
    const admin = { email: `${makeId('mem', now)}@hardstop.test`, name: 'The first admin', passwordHash: null };
    const made = await makeOrganisation(tx, { name: 'Test', currency: 'USD', ...calendar, admin }, now, 'test');
    await makeStandingBudgets(made, { everything: '1000.00', unassigned: '100.00', currency: 'USD' });
    const members = {} as Record<Who, TestMember>;
    for (const who of WHO) members[who] = await addMember(made, who);
    const keys = {} as Record<Scope, TestKey>;
    for (const scope of SCOPES) keys[scope] = await makeKey(made, { name: scope, scopes: [scope], pins: {} }, makeKeySecret());
    return orgWith(made.orgId, now, members, keys);
  });
}

function orgWith(orgId: string, made: Instant, members: TestOrg['members'], keys: TestOrg['keys']): TestOrg {
  const contextAt = (tx: Tx, now: Instant, who: Who): Context => ({ actor: members[who].actor, orgId, requestId: 'test', now, tx });
  const credentialsOf = (as: As): Record<string, string> => {
    if (as === null) return {};
    if (as in members) return { cookie: members[as as Who].cookie };
    return { authorization: `Bearer ${keys[as === 'admin-key' ? 'admin' : (as as Scope)].secret}` };
  };
  return {
    orgId,
    now: made,
    members,
    keys,
    sessionCookie: (who) => members[who].cookie,
    ctx: (now = made, who = 'admin') => contextAt(reader(), now, who),
    run: (work, now = made, who = 'admin') => transaction((tx) => work(contextAt(tx, now, who))),
    ask: (door, as, asked = {}) => door.handle(requestTo(door, asked, credentialsOf(as)), asked.params ?? {}),
  };
}
