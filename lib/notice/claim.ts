import { type Tx, transaction } from '@/lib/db';
import { type Instant, plus, seconds, toIso } from '@/lib/kernel/instant';
import type { ChannelKind, Via } from './schema';

/** Longer than any attempt takes: whoever has not said by then what came of one has died with it, and it is made again. */
export const LEASE = seconds(60);
/** How many of one way (a channel; all mail of an organisation) are under way at a time, so that a receiver that hangs keeps no other waiting. */
export const OF_ONE_WAY = 5;

/** A notice that one worker has taken to deliver. */
export type Claimed = {
  orgId: string;
  id: string;
  /** Which attempt this is, and which since it was written or sent again by hand. */
  n: number;
  nth: number;
  kind: string;
  via: Via;
  title: string;
  body: string;
  link: string;
  breachId: string | null;
  data: object;
  createdAt: Instant;
  organisation: string;
  memberId: string | null;
  email: string | null;
  memberEnded: boolean;
  channelId: string | null;
  channelKind: ChannelKind | null;
  sealed: string | null;
  closedWhy: string | null;
};

/** What is taken: `only` this notice; none of the ways that are `busy` (see `wayOf`). */
type Narrowed = { only?: string | null; busy?: readonly string[] };

/** What a notice shares a receiver with. */
export const wayOf = ({ orgId, channelId, via }: Claimed): string => `${orgId} ${channelId ?? via}`;

/**
 * Takes notices that are due, so that no other worker sends them at the same time: a short transaction that writes the attempt down
 * before it is made, then lets go of the rows. First attempts go before repeated ones.
 */
export const claimDue = (now: Instant, most: number, { only = null, busy = [] }: Narrowed = {}): Promise<Claimed[]> =>
  transaction(async (tx) => {
    const taken = await tx.query<{ org_id: string; id: string }>(
      `WITH due AS (
         SELECT org_id, id, row_number() OVER (PARTITION BY org_id, coalesce(channel_id, via) ORDER BY attempts, next_attempt_at, id) AS place
           FROM notice WHERE next_attempt_at <= $1 AND ($3::text IS NULL OR id = $3) AND org_id || ' ' || coalesce(channel_id, via) <> ALL($4))
       SELECT n.org_id, n.id FROM notice n JOIN due USING (org_id, id)
        WHERE (due.place <= ${OF_ONE_WAY} OR n.via = 'app') AND n.next_attempt_at <= $1
        ORDER BY n.attempts, n.next_attempt_at, n.id LIMIT $2 FOR UPDATE OF n SKIP LOCKED`,
      [toIso(now), most, only, [...busy]],
    );
    return taken.length === 0 ? [] : begin(tx, taken, now);
  });

/** Writes down that an attempt begins, and until when it has to have ended. */
async function begin(tx: Tx, taken: { org_id: string; id: string }[], now: Instant): Promise<Claimed[]> {
  const [orgIds, ids] = [taken.map((each) => each.org_id), taken.map((each) => each.id)];
  await tx.query(
    `WITH begun AS (
       UPDATE notice n SET attempts = n.attempts + 1, next_attempt_at = $3 FROM unnest($1::text[], $2::text[]) AS t(org_id, id)
        WHERE n.org_id = t.org_id AND n.id = t.id RETURNING n.org_id, n.id, n.attempts)
     INSERT INTO notice_attempt (org_id, notice_id, n, at) SELECT org_id, id, attempts, $4 FROM begun`,
    [orgIds, ids, toIso(plus(now, LEASE)), toIso(now)],
  );
  return tx.query<Claimed>(
    `SELECT n.org_id AS "orgId", n.id, n.attempts AS n, n.attempts - n.retried_from AS nth, n.kind, n.via, n.title, n.body, n.link, n.breach_id AS "breachId", n.data,
            n.created_at AS "createdAt", o.name AS organisation, n.member_id AS "memberId", p.email,
            m.ended_at IS NOT NULL AS "memberEnded", n.channel_id AS "channelId", c.kind AS "channelKind", c.sealed,
            CASE WHEN c.ended_at IS NOT NULL THEN 'This channel has ended.' ELSE c.disabled_why END AS "closedWhy"
       FROM unnest($1::text[], $2::text[]) AS t(org_id, id) JOIN notice n ON n.org_id = t.org_id AND n.id = t.id
       JOIN organisation o ON o.id = n.org_id
       LEFT JOIN member m ON m.org_id = n.org_id AND m.id = n.member_id LEFT JOIN person p ON p.id = m.person_id
       LEFT JOIN channel c ON c.org_id = n.org_id AND c.id = n.channel_id`,
    [orgIds, ids],
  );
}
