import { ACKNOWLEDGE, linkIdOf } from '@/lib/auth/signed-link';
import { readClock } from '@/lib/clock';
import { openActions } from '@/lib/containment/reads';
import type { Actor, Context, Duty, Role } from '@/lib/context';
import { reader, type Tx } from '@/lib/db';
import { type Instant, minus, minutes, toIso } from '@/lib/kernel/instant';
import { readBreach } from '../read/breaches';
import type { BreachDetailOut } from '../schema';

export type Link = {
  orgId: string;
  id: string;
  breachId: string;
  expiresAt: Instant;
  usedAt: Instant | null;
  actor: Extract<Actor, { kind: 'member' }>;
};

type Row = Omit<Link, 'actor'> & { memberId: string; personId: string; name: string; role: Role; duties: Duty[] };

/** The link that a token opens, and for whom; null when we have not signed it, or they are no member any more. */
export async function findLink(tx: Tx, token: string, lock = false): Promise<Link | null> {
  const id = linkIdOf(ACKNOWLEDGE, token);
  if (id === null) return null;
  const [row] = await tx.query<Row>(
    `SELECT l.org_id AS "orgId", l.id, l.breach_id AS "breachId", l.expires_at AS "expiresAt", l.used_at AS "usedAt", m.id AS "memberId",
            m.person_id AS "personId", p.name, m.role, m.duties
       FROM acknowledge_link l JOIN member m ON m.org_id = l.org_id AND m.id = l.member_id AND m.ended_at IS NULL JOIN person p ON p.id = m.person_id
      WHERE l.id = $1 ${lock ? 'FOR UPDATE OF l' : ''}`,
    [id],
  );
  if (!row) return null;
  const { memberId, personId, name, role, duties, ...link } = row;
  return { ...link, actor: { kind: 'member', id: memberId, personId, name, role, duties } };
}

/** What has happened to a breach, from where the holder of a link stands. */
export type Standing = 'unanswered' | 'mine' | 'theirs' | 'closed' | 'expired';

/** What the page of a link shows. */
export type LinkPage = {
  standing: Standing;
  now: string;
  zone: string;
  breach: BreachDetailOut;
  /** Calls refused per minute, over the last five minutes or since it opened. */
  refusedPerMinute: number;
  refusedSoFar: number;
  /** What a grant could give, nano-dollars: what lies between the limit and the amount. */
  reserveNanoUsd: string;
  contained: { kind: string; words: string; since: string }[];
  hasAskedForGrant: boolean;
  keepsStopped: boolean;
};

const WINDOW = minutes(5);

/** What the page of a link shows; null when the token opens nothing. Looking changes nothing. */
export async function linkPage(token: string): Promise<LinkPage | null> {
  const tx = reader();
  const link = await findLink(tx, token);
  if (link === null) return null;
  const ctx: Context = { actor: link.actor, orgId: link.orgId, requestId: 'link', now: await readClock(tx), tx };
  const breach = await readBreach(ctx, link.breachId);
  const [facts, actions] = await Promise.all([factsOf(ctx, breach), openActions(ctx, { breachId: breach.id })]);
  const figures = breach.figuresNow ?? breach.figuresThen;
  const running = actions.filter((each) => each.startedAt !== null);
  const has = (kind: string) => breach.timeline.some((each) => each.kind === kind && each.by.id === link.actor.id);
  return {
    standing: standingOf(breach, link, ctx.now),
    ...{ now: toIso(ctx.now), zone: facts.zone, breach },
    refusedPerMinute: Math.round(Number(facts.recent) / Math.max(1, facts.recentMinutes)),
    refusedSoFar: Number(facts.total),
    reserveNanoUsd: String(BigInt(figures.amountNanoUsd) - BigInt(figures.limitNanoUsd)),
    contained: [
      ...running.map((each) => ({ kind: each.state, words: WORDS[each.kind] ?? each.kind, since: each.startedAt ?? toIso(ctx.now) })),
      ...(breach.isStopped && facts.stoppedAt !== null
        ? [{ kind: 'stopped', words: 'All paid calls refused', since: toIso(facts.stoppedAt) }]
        : []),
    ],
    ...{ hasAskedForGrant: has('grant_asked'), keepsStopped: has('kept_stopped') },
  };
}

const WORDS: Record<string, string> = {
  route: 'Cheaper model',
  rate_limit: 'Slower',
  disable_feature: 'Without a feature',
  block: 'All paid calls blocked',
};

function standingOf(breach: BreachDetailOut, link: Link, now: Instant): Standing {
  if (breach.phase === 'closed') return 'closed';
  if (breach.answeredBy !== null) return breach.answeredBy === link.actor.id ? 'mine' : 'theirs';
  return link.usedAt !== null || link.expiresAt <= now ? 'expired' : 'unanswered';
}

async function factsOf(ctx: Context, breach: BreachDetailOut) {
  const [row] = await ctx.tx.query<{ zone: string; recent: bigint; total: bigint; recentMinutes: number; stoppedAt: Instant | null }>(
    `SELECT o.zone, coalesce(sum(r.calls) FILTER (WHERE r.minute > $4), 0)::int8 AS recent, coalesce(sum(r.calls), 0)::int8 AS total,
            least(5, ceil(extract(epoch FROM $5::timestamptz - $3::timestamptz) / 60))::int AS "recentMinutes",
            (SELECT max(s.raised_at) FROM breach_stop x JOIN stop s ON s.org_id = x.org_id AND s.id = x.stop_id
              WHERE x.org_id = o.id AND x.breach_id = $6 AND s.lifted_at IS NULL) AS "stoppedAt"
       FROM organisation o LEFT JOIN refusal r ON r.org_id = o.id AND r.budget_id = $2 AND NOT r.observed AND r.minute >= date_trunc('minute', $3::timestamptz)
      WHERE o.id = $1 GROUP BY o.id`,
    [ctx.orgId, breach.budgetId, breach.openedAt, toIso(minus(ctx.now, WINDOW)), toIso(ctx.now), breach.id],
  );
  if (!row) throw new Error(`breach ${breach.id} has no organisation`);
  return row;
}
