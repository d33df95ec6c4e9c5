import type { Context } from '@/lib/context';
import { etagOf } from '@/lib/http/etag';
import { Fault } from '@/lib/kernel/fault';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type Page, type PageQuery, page, placeOf } from '@/lib/kernel/pages';
import type { ChannelKind } from '../schema';
import type { Channel } from './schema';

export type ChannelRow = {
  id: string;
  kind: ChannelKind;
  name: string;
  leadsTo: string;
  sealed: string;
  createdAt: Instant;
  disabledAt: Instant | null;
  disabledWhy: string | null;
  endedAt: Instant | null;
  version: number;
  triedAt: Instant | null;
  ok: boolean | null;
  detail: string | null;
  ms: number | null;
};

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** A channel as the API gives one: never what opens it. */
export const channelFrom = (row: ChannelRow): Channel => ({
  ...{ id: row.id, createdAt: toIso(row.createdAt), etag: etagOf(row.version), kind: row.kind, name: row.name },
  state: row.endedAt !== null ? 'ended' : row.disabledAt !== null ? 'disabled' : 'live',
  leadsTo: row.leadsTo,
  ...{ disabledAt: isoOrNull(row.disabledAt), disabledWhy: row.disabledWhy, endedAt: isoOrNull(row.endedAt) },
  lastAttempt: row.triedAt === null ? null : { at: toIso(row.triedAt), ok: row.ok, detail: row.detail, ms: row.ms },
});

const SELECT = `SELECT c.id, c.kind, c.name, c.config->>'leadsTo' AS "leadsTo", c.sealed, c.created_at AS "createdAt",
    c.disabled_at AS "disabledAt", c.disabled_why AS "disabledWhy", c.ended_at AS "endedAt", c.version,
    last.at AS "triedAt", last.ok, last.detail, last.ms
  FROM channel c LEFT JOIN LATERAL (
    SELECT a.at, a.ok, a.detail, a.ms FROM notice n JOIN notice_attempt a ON a.org_id = n.org_id AND a.notice_id = n.id
     WHERE n.org_id = c.org_id AND n.channel_id = c.id ORDER BY a.at DESC, a.n DESC LIMIT 1) last ON true`;

/** One channel. @param lock keeps the row from changing until the transaction ends · @throws Fault channel.not_found */
export async function readChannel(ctx: Context, id: string, lock = false): Promise<ChannelRow> {
  const [row] = await ctx.tx.query<ChannelRow>(`${SELECT} WHERE c.org_id = $1 AND c.id = $2 ${lock ? 'FOR UPDATE OF c' : ''}`, [
    ctx.orgId,
    id,
  ]);
  if (!row) throw new Fault('channel.not_found', 'There is no such channel.');
  return row;
}

type Filter = PageQuery & { state?: Channel['state'] | undefined; kind?: ChannelKind | undefined };

/** Channels, newest first. */
export async function listChannels(ctx: Context, filter: Filter): Promise<Page<Channel>> {
  const place = placeOf(filter.cursor, 1);
  const rows = await ctx.tx.query<ChannelRow>(
    `${SELECT} WHERE c.org_id = $1 AND ($2::text IS NULL OR c.id < $2) AND ($3::text IS NULL OR c.kind = $3)
        AND ($4::text IS NULL OR $4 = CASE WHEN c.ended_at IS NOT NULL THEN 'ended' WHEN c.disabled_at IS NOT NULL THEN 'disabled' ELSE 'live' END)
      ORDER BY c.id DESC LIMIT $5`,
    [ctx.orgId, place?.[0] ?? null, filter.kind ?? null, filter.state ?? null, filter.limit + 1],
  );
  return page(rows, filter.limit, channelFrom, (row) => [row.id]);
}
