import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import type { NoticeOut, NoticeState, Via } from './schema';

type Attempt = { n: number; at: string; ok: boolean | null; detail: string | null; ms: number | null };

type NoticeRow = {
  id: string;
  kind: string;
  via: Via;
  state: NoticeState;
  memberId: string | null;
  memberName: string | null;
  channelId: string | null;
  channelName: string | null;
  breachId: string | null;
  title: string;
  text: string;
  link: string;
  createdAt: Instant;
  dueAt: Instant;
  nextAttemptAt: Instant | null;
  deliveredAt: Instant | null;
  readAt: Instant | null;
  version: number;
  attempts: Attempt[];
};

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

function noticeFrom(row: NoticeRow): NoticeOut {
  const { memberId, memberName, channelId, channelName, version, createdAt, dueAt, nextAttemptAt, deliveredAt, readAt, ...same } = row;
  return {
    ...same,
    ...{ createdAt: toIso(createdAt), etag: etagOf(version), dueAt: toIso(dueAt) },
    ...{ nextAttemptAt: isoOrNull(nextAttemptAt), deliveredAt: isoOrNull(deliveredAt), readAt: isoOrNull(readAt) },
    target:
      memberId !== null
        ? { kind: 'member', id: memberId, name: memberName ?? '' }
        : { kind: 'channel', id: channelId ?? '', name: channelName ?? '' },
  };
}

/** Attempts as JSON; their times in the form that answers have them in. */
const ATTEMPTS = `coalesce((SELECT jsonb_agg(jsonb_build_object('n', a.n, 'at', to_char(a.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'ok', a.ok,
    'detail', a.detail, 'ms', a.ms) ORDER BY a.n) FROM notice_attempt a WHERE a.org_id = n.org_id AND a.notice_id = n.id), '[]')`;

const SELECT = `SELECT n.id, n.kind, n.via, n.state, n.member_id AS "memberId", p.name AS "memberName", n.channel_id AS "channelId",
    c.name AS "channelName", n.breach_id AS "breachId", n.title, n.body AS text, n.link, n.created_at AS "createdAt", n.due_at AS "dueAt",
    n.next_attempt_at AS "nextAttemptAt", n.delivered_at AS "deliveredAt", n.read_at AS "readAt", n.version, ${ATTEMPTS} AS attempts
  FROM notice n LEFT JOIN member m ON m.org_id = n.org_id AND m.id = n.member_id LEFT JOIN person p ON p.id = m.person_id
  LEFT JOIN channel c ON c.org_id = n.org_id AND c.id = n.channel_id`;

/** One notice with its attempts. @throws Fault notice.not_found */
export async function readNotice(ctx: Context, id: string): Promise<NoticeOut> {
  const [row] = await ctx.tx.query<NoticeRow>(`${SELECT} WHERE n.org_id = $1 AND n.id = $2`, [ctx.orgId, id]);
  if (!row) throw new Fault('notice.not_found', 'There is no such notice.');
  return noticeFrom(row);
}

export type NoticeFilter = PageQuery & {
  state?: NoticeState | undefined;
  via?: Via | undefined;
  channelId?: string | undefined;
  breachId?: string | undefined;
};

/** Notices with their attempts, newest first. */
export async function listNotices(ctx: Context, filter: NoticeFilter): Promise<Page<NoticeOut>> {
  const place = placeOf(filter.cursor, 1);
  const rows = await ctx.tx.query<NoticeRow>(
    `${SELECT} WHERE n.org_id = $1 AND ($2::text IS NULL OR n.id < $2) AND ($3::text IS NULL OR n.state = $3) AND ($4::text IS NULL OR n.via = $4)
        AND ($5::text IS NULL OR n.channel_id = $5) AND ($6::text IS NULL OR n.breach_id = $6) ORDER BY n.id DESC LIMIT $7`,
    [
      ...[ctx.orgId, place?.[0] ?? null, filter.state ?? null, filter.via ?? null, filter.channelId ?? null, filter.breachId ?? null],
      filter.limit + 1,
    ],
  );
  return page(rows, filter.limit, noticeFrom, (row) => [row.id]);
}

const IN_BELL = 20;

/** What the person who asks was told in the app, newest first, and how much of it they have not seen. */
export async function readMine(ctx: Context): Promise<{ items: NoticeOut[]; unread: number }> {
  if (ctx.actor.kind !== 'member') return { items: [], unread: 0 };
  const rows = await ctx.tx.query<NoticeRow>(
    `${SELECT} WHERE n.org_id = $1 AND n.member_id = $2 AND n.via = 'app' AND n.state = 'delivered' ORDER BY n.id DESC LIMIT ${IN_BELL}`,
    [ctx.orgId, ctx.actor.id],
  );
  const [unread] = await ctx.tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM notice WHERE org_id = $1 AND member_id = $2 AND via = 'app' AND state = 'delivered' AND read_at IS NULL`,
    [ctx.orgId, ctx.actor.id],
  );
  return { items: rows.map(noticeFrom), unread: unread?.count ?? 0 };
}
