import type { Context } from '@/lib/context';
import { env } from '@/lib/env';
import { tell } from '@/lib/event/tell';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type ChannelStanding, channelStandings } from './channel/standing';
import type { Via } from './schema';

/** Wakes whoever delivers, when the transaction that wrote a notice commits. */
export const WRITTEN = 'hardstop_notice';

/** A message to one member or one channel. */
export type NewNotice = {
  /** Names it for ever: written again under the same key it is the same notice, and receivers are given it to tell copies by. */
  key: string;
  /** Noun and verb: `breach.opened`, `breach.closed`. */
  kind: string;
  target: { member: string } | { channel: string };
  breachId?: string;
  /** When it is to go out; absent: at once. */
  dueAt?: Instant;
  /** One line: who, what, when. */
  title: string;
  /** What a person needs to decide, in plain sentences. */
  text: string;
  /** Where to act on it: a path of ours (`/breaches/brc_…`) or a whole address. */
  link: string;
  /** For programs: plain JSON values, money as text. */
  data?: object;
};

/** A row of the outbox that was written. */
export type WrittenNotice = { id: string; key: string; via: Via };

type Row = Omit<WrittenNotice, 'id'> & { notice: NewNotice; standing: ChannelStanding | null };

/** The rows a notice makes: a member reads it in the app and, where e-mail can be sent, in their post too. */
function rowsOf(notice: NewNotice, channels: Map<string, ChannelStanding>): Row[] {
  if ('member' in notice.target) {
    const inApp: Row = { key: `${notice.key}/app`, via: 'app', notice, standing: null };
    return env().SMTP_URL === undefined ? [inApp] : [inApp, { ...inApp, key: `${notice.key}/email`, via: 'email' }];
  }
  const standing = channels.get(notice.target.channel);
  if (standing === undefined) throw new Error(`notice ${notice.key} is for channel ${notice.target.channel}, which is not there`);
  return [{ key: `${notice.key}/${standing.kind}`, via: standing.kind, notice, standing }];
}

/** How a row begins: read in the app at once, waiting for its time, or dead from the start where its channel no longer takes any. */
function stateOf({ via, notice, standing }: Row, now: Instant): 'waiting' | 'delivered' | 'dead' {
  if (standing !== null && standing.closedWhy !== null) return 'dead';
  return via === 'app' && (notice.dueAt ?? now) <= now ? 'delivered' : 'waiting';
}

/**
 * Writes notices in the caller's transaction: they exist if and only if what they tell of does. One whose key is there already is
 * left as it is. In-app ones that are due are there from the commit on; others leave within about a second of it. People of a sample
 * are told in the app alone: it sends nobody mail.
 * @returns the rows that are new
 */
export async function writeNotices(ctx: Context, notices: readonly NewNotice[]): Promise<WrittenNotice[]> {
  if (notices.length === 0) return [];
  const channels = await channelStandings(
    ctx,
    notices.flatMap(({ target }) => ('channel' in target ? [target.channel] : [])),
  );
  const rows = notices.flatMap((notice) => rowsOf(notice, channels));
  const written = await ctx.tx.query<WrittenNotice & { memberId: string | null; state: string }>(
    `INSERT INTO notice (org_id, id, key, kind, via, member_id, channel_id, breach_id, title, body, link, data, state, due_at, next_attempt_at,
                         delivered_at, created_at)
     SELECT $1, w.id, w.key, w.kind, w.via, w.member_id, w.channel_id, w.breach_id, w.title, w.body, w.link, w.data, w.state, w.due_at,
            CASE WHEN w.state = 'waiting' THEN w.due_at END, CASE WHEN w.state = 'delivered' THEN $2::timestamptz END, $2
       FROM jsonb_to_recordset($3) AS w(id text, key text, kind text, via text, member_id text, channel_id text, breach_id text, title text,
                                        body text, link text, data jsonb, state text, due_at timestamptz)
      WHERE w.via <> 'email' OR w.member_id IS NULL OR NOT EXISTS (SELECT FROM organisation o WHERE o.id = $1 AND o.sample_since IS NOT NULL)
     ON CONFLICT (org_id, key) DO NOTHING
     RETURNING id, key, via, member_id AS "memberId", state`,
    [ctx.orgId, toIso(ctx.now), JSON.stringify(rows.map((row) => columnsOf(row, ctx.now)))],
  );
  for (const each of written) {
    if (each.state === 'delivered') await tell(ctx, 'notice.written', { kind: 'notice', id: each.id, memberId: each.memberId });
  }
  if (written.some((each) => each.state === 'waiting')) await ctx.tx.query(`SELECT pg_notify('${WRITTEN}', '')`);
  return written.map(({ id, key, via }) => ({ id, key, via }));
}

function columnsOf(row: Row, now: Instant) {
  const { key, via, notice } = row;
  return {
    id: makeId('ntc', now),
    ...{ key, via, kind: notice.kind, title: notice.title, body: notice.text, link: notice.link, data: notice.data ?? {} },
    member_id: 'member' in notice.target ? notice.target.member : null,
    channel_id: 'channel' in notice.target ? notice.target.channel : null,
    breach_id: notice.breachId ?? null,
    state: stateOf(row, now),
    due_at: toIso(notice.dueAt ?? now),
  };
}

/**
 * Cancels what has not left: waiting, or failed and about to be tried again. What was delivered stays.
 * @param kinds only these; absent: all of the breach's · @returns how many
 */
export async function cancelNotices(ctx: Context, { breachId, kinds }: { breachId: string; kinds?: readonly string[] }): Promise<number> {
  const cancelled = await ctx.tx.query<{ id: string }>(
    `UPDATE notice SET state = 'cancelled', next_attempt_at = NULL, version = version + 1
      WHERE org_id = $1 AND breach_id = $2 AND state IN ('waiting', 'failed') AND ($3::text[] IS NULL OR kind = ANY($3)) RETURNING id`,
    [ctx.orgId, breachId, kinds === undefined ? null : [...kinds]],
  );
  return cancelled.length;
}
