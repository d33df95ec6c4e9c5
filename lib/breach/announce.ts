import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { type NewNotice, writeNotices } from '@/lib/notice/write';
import { type Recipient, wordOf } from './targets';

/** How long an acknowledge link opens its page. */
const LINK_LASTS = days(7);

/** What is said of a breach, to whom. `part` tells one announcement of a breach from another: it is part of the notices' keys. */
export type Announcement = {
  kind: 'breach.opened' | 'breach.climbed' | 'breach.reminder' | 'breach.acknowledged' | 'breach.closed' | 'breach.reopened';
  part: string;
  title: string;
  text: string;
  data?: object;
  /** Gives each member a link that acknowledges without signing in. */
  asksForAnswer?: boolean;
};

/**
 * Writes the notices of a breach in the caller's transaction, each recipient's once, and keeps who has been told: they are told of
 * its end.
 */
export async function announce(ctx: Context, breachId: string, to: Recipient[], said: Announcement): Promise<void> {
  if (to.length === 0) return;
  await ctx.tx.query(
    `INSERT INTO breach_told (org_id, breach_id, target, first_at) SELECT $1, $2, w.target, $3 FROM unnest($4::text[]) AS w(target)
     ON CONFLICT DO NOTHING`,
    [ctx.orgId, breachId, toIso(ctx.now), to.map(wordOf)],
  );
  const links = said.asksForAnswer ? await makeLinks(ctx, breachId, to) : new Map<string, string>();
  await writeNotices(
    ctx,
    to.map((target): NewNotice => {
      const linkId = links.get(wordOf(target));
      return {
        ...{ key: `${breachId}/${said.part}/${wordOf(target)}`, kind: said.kind, target, breachId, title: said.title, text: said.text },
        link: `/breaches/${breachId}`,
        data: { breachId, ...said.data, ...(linkId === undefined ? {} : { acknowledgeLinkId: linkId }) },
      };
    }),
  );
}

async function makeLinks(ctx: Context, breachId: string, to: Recipient[]): Promise<Map<string, string>> {
  const links = to.flatMap((each) => ('member' in each ? [{ id: makeId('lnk', ctx.now), member: each.member }] : []));
  await ctx.tx.query(
    `INSERT INTO acknowledge_link (org_id, id, breach_id, member_id, created_at, expires_at)
     SELECT $1, w.id, $2, w.member, $3, $4 FROM unnest($5::text[], $6::text[]) AS w(id, member)`,
    [
      ...[ctx.orgId, breachId, toIso(ctx.now), toIso(plus(ctx.now, LINK_LASTS))],
      ...[links.map((each) => each.id), links.map((each) => each.member)],
    ],
  );
  return new Map(links.map((each) => [`member:${each.member}`, each.id]));
}

/** Everyone who has been told of a breach. */
export async function toldOf(ctx: Context, breachId: string): Promise<Recipient[]> {
  const rows = await ctx.tx.query<{ target: string }>(
    'SELECT target FROM breach_told WHERE org_id = $1 AND breach_id = $2 ORDER BY target',
    [ctx.orgId, breachId],
  );
  return rows.map(({ target }) => (target.startsWith('member:') ? { member: target.slice(7) } : { channel: target.slice(8) }));
}
