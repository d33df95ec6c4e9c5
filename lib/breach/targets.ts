import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { channelStandings } from '@/lib/notice/channel/standing';

/** Someone or something that a notice goes to. */
export type Recipient = { member: string } | { channel: string };

/** A recipient in one word: `member:mem_…`. */
export const wordOf = (to: Recipient): string => ('member' in to ? `member:${to.member}` : `channel:${to.channel}`);

type MemberRow = { id: string; role: string; duties: string[]; deputyId: string | null; awayUntil: Instant | null };

/**
 * Whom targets (`budget_owner`, `escalation_owner`, `admins`, `member:…`, `channel:…`) lead to now, each once. Someone who is away is
 * stood in for by their deputy. A target that leads to nobody leads to the admins: nothing is told to nobody.
 */
export async function recipientsOf(ctx: Context, targets: readonly string[], budgetOwnerId: string | null): Promise<Recipient[]> {
  const members = await ctx.tx.query<MemberRow>(
    `SELECT id, role, duties, deputy_id AS "deputyId", CASE WHEN away_until > $2 THEN away_until END AS "awayUntil" FROM member
      WHERE org_id = $1 AND joined_at IS NOT NULL AND ended_at IS NULL ORDER BY id`,
    [ctx.orgId, toIso(ctx.now)],
  );
  const named = targets.flatMap((each) => (each.startsWith('channel:') ? [each.slice(8)] : []));
  const channels = await channelStandings(ctx, named);
  const found = new Map<string, Recipient>();
  for (const target of targets) {
    const wanted = channelOf(target, channels) ?? present(members, membersOf(target, members, budgetOwnerId));
    const reached = wanted.length > 0 ? wanted : present(members, adminsOf(members));
    for (const each of reached) found.set(wordOf(each), each);
  }
  return [...found.values()];
}

/** The channel a target names, where it takes notices; empty where it does not, null where the target is no channel. */
function channelOf(target: string, channels: Awaited<ReturnType<typeof channelStandings>>): Recipient[] | null {
  if (!target.startsWith('channel:')) return null;
  const id = target.slice(8);
  return channels.get(id)?.closedWhy === null ? [{ channel: id }] : [];
}

const adminsOf = (members: MemberRow[]): MemberRow[] => members.filter((each) => each.role === 'admin');

function membersOf(target: string, members: MemberRow[], budgetOwnerId: string | null): MemberRow[] {
  if (target === 'admins') return adminsOf(members);
  if (target === 'escalation_owner') return members.filter((each) => each.duties.includes('escalation_owner'));
  const id = target === 'budget_owner' ? budgetOwnerId : target.slice('member:'.length);
  return members.filter((each) => each.id === id);
}

/** Members, or who stands in for them; where the deputies are away too, the one asked for. */
function present(members: MemberRow[], wanted: MemberRow[]): Recipient[] {
  return wanted.map((asked) => {
    const passed = new Set<string>();
    let at: MemberRow | undefined = asked;
    while (at && at.awayUntil !== null && !passed.has(at.id)) {
      passed.add(at.id);
      const deputy: string | null = at.deputyId;
      at = members.find((each) => each.id === deputy);
    }
    return { member: at && !passed.has(at.id) ? at.id : asked.id };
  });
}
