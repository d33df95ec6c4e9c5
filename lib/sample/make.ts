import { makeKeySecret } from '@/lib/auth/secrets';
import { makeStandingBudgets } from '@/lib/budget/make-standing';
import type { Actor, Caller, Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { days, type Instant, minus, toIso } from '@/lib/kernel/instant';
import { type Calendar, periodAt } from '@/lib/kernel/period';
import { makeKey } from '@/lib/org/key/make';
import { makeOrganisation } from '@/lib/org/make';
import { findOrMakePerson } from '@/lib/org/member/person';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { makeWorkload } from '@/lib/spend/limit/workloads';
import type { Cast, People } from './cast';
import { BUDGETS, STANDING, WORKLOADS } from './story';

/** How far back the story begins: the first of the month some three months ago. */
const BEGINS_DAYS_AGO = 92;

/** People of the sample. Their addresses cannot receive mail (RFC 2606), and nobody can sign in as them. */
const PEOPLE = {
  maya: { email: 'maya@sample.invalid', name: 'Maya Okafor', role: 'viewer', duties: ['budget_owner'] },
  jonas: { email: 'jonas@sample.invalid', name: 'Jonas Lindqvist', role: 'admin', duties: ['budget_owner', 'escalation_owner'] },
  priya: { email: 'priya@sample.invalid', name: 'Priya Raman', role: 'operator', duties: ['escalation_owner'] },
} as const;

type Member = Extract<Actor, { kind: 'member' }>;

/** The sample workspace of a person, if there is one. */
export async function sampleOf(ctx: Context, personId: string): Promise<{ id: string; sampleSince: Instant } | null> {
  const [row] = await ctx.tx.query<{ id: string; sampleSince: Instant }>(
    `SELECT o.id, o.sample_since AS "sampleSince" FROM organisation o JOIN member m ON m.org_id = o.id
      WHERE o.sample_since IS NOT NULL AND m.person_id = $1 AND m.ended_at IS NULL`,
    [personId],
  );
  return row ?? null;
}

/** When the story of a sample made at `now` begins, in the calendar of the organisation that asks for it. */
export const storyBegins = (calendar: Calendar, now: Instant): Instant =>
  periodAt('month', calendar, minus(now, days(BEGINS_DAYS_AGO))).startsAt;

/**
 * Makes the sample workspace's organisation as it was on its first day: people, workloads, budgets and a program's key, written by
 * the verbs that everyone uses with the clock at that day. It is marked as a sample, and whoever asked is an admin of it.
 * @throws Fault sample.taken when the person has one already
 */
export async function makeSample(ctx: Context): Promise<{ orgId: string; cast: Cast & { people: People } }> {
  const { actor } = ctx;
  if (actor.kind !== 'member') throw new Fault('right.missing', 'Only a person can open the sample workspace.');
  if (await sampleOf(ctx, actor.personId))
    throw new Fault('sample.taken', 'You have a sample workspace already. Open it, or remove it first.');
  const calendar = await calendarOf(ctx);
  const begins = storyBegins(calendar, ctx.now);
  const [self] = await ctx.tx.query<{ email: string }>('SELECT email FROM person WHERE id = $1', [actor.personId]);
  const admin = { email: self?.email ?? '', name: actor.name, passwordHash: null };
  const made = await makeOrganisation(ctx.tx, { name: 'Acme (sample)', currency: 'USD', ...calendar, admin }, begins, ctx.requestId);
  await ctx.tx.query('UPDATE organisation SET sample_since = $2 WHERE id = $1', [made.orgId, toIso(ctx.now)]);
  const maya = await join(made, PEOPLE.maya);
  const jonas = await join(made, PEOPLE.jonas);
  const priya = await join(made, PEOPLE.priya);
  await makeStandingBudgets(made, { ...STANDING, currency: 'USD' });
  for (const each of WORKLOADS.filter(({ adopted }) => adopted)) {
    const { slug, name, criticality, trafficStage, team, costCentre, fallback } = each;
    const words = fallback === null ? {} : { fallback: { message: fallback, url: null } };
    await makeWorkload(made, { slug, name, criticality, trafficStage, team, costCentre, ownerId: maya.id, ...words });
  }
  for (const { owner, ...budget } of BUDGETS) {
    const ownerId = owner === 'maya' ? maya.id : jonas.id;
    await makeBudget(made, { ...budget, period: 'month', currency: 'USD', ownerId, leases: false, onUnpriced: 'refuse' });
  }
  const key = await makeKey(made, { name: 'Sample traffic', scopes: ['usage:write', 'spend:authorize'], pins: {} }, makeKeySecret());
  const requestId = 'sample';
  const program: Caller = {
    orgId: made.orgId,
    requestId,
    actor: { kind: 'api_key', id: key.id, name: key.name, scopes: ['usage:write', 'spend:authorize'], pins: { tags: {} } },
  };
  const as = (actor: Member): Caller => ({ orgId: made.orgId, requestId, actor });
  return { orgId: made.orgId, cast: { program, people: { owner: as(jonas), responder: as(priya) }, calendar, today: ctx.now } };
}

async function calendarOf(ctx: Context): Promise<Calendar> {
  const [row] = await ctx.tx.query<Calendar>(
    'SELECT zone, week_start AS "weekStart", fiscal_year_start AS "fiscalYearStart" FROM organisation WHERE id = $1',
    [ctx.orgId],
  );
  if (!row) throw new Fault('organisation.not_found', 'This organisation does not exist any more.');
  return row;
}

async function join(ctx: Context, who: (typeof PEOPLE)[keyof typeof PEOPLE]): Promise<Member> {
  const person = await findOrMakePerson(ctx.tx, who, ctx.now);
  const id = makeId('mem', ctx.now);
  await ctx.tx.query(
    'INSERT INTO member (org_id, id, person_id, role, duties, joined_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)',
    [...[ctx.orgId, id, person.id, who.role, [...who.duties], toIso(ctx.now)]],
  );
  return { kind: 'member', id, personId: person.id, name: who.name, role: who.role, duties: [...who.duties] };
}
