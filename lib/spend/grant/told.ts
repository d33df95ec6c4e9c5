import type { GrantRow } from '@/lib/budget/grant/reads';
import { mayApproveGrant } from '@/lib/budget/grant/rights';
import type { Actor, Context, Duty, Role } from '@/lib/context';
import { only } from '@/lib/db';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { writeNotices } from '@/lib/notice/write';

type Person = { id: string; personId: string; name: string; role: Role; duties: Duty[] };

const linkTo = (grant: GrantRow): string => `/budgets/${grant.budgetId}#grants`;
const dataOf = (grant: GrantRow): object => ({ grantId: grant.id, budgetId: grant.budgetId, amountNanoUsd: String(grant.amountNano) });

/** Tells everyone who may approve a grant that it waits for one of them; never whoever asked for it. */
export async function tellApprovers(ctx: Context, grant: GrantRow): Promise<void> {
  const members = await ctx.tx.query<Person>(
    `SELECT m.id, m.person_id AS "personId", p.name, m.role, m.duties FROM member m JOIN person p ON p.id = m.person_id
      WHERE m.org_id = $1 AND m.joined_at IS NOT NULL AND m.ended_at IS NULL AND m.id <> $2 ORDER BY m.id`,
    [ctx.orgId, grant.askedPerson],
  );
  const { zone } = only(await ctx.tx.query<{ zone: string }>('SELECT zone FROM organisation WHERE id = $1', [ctx.orgId]));
  const asked = `${grant.askedByName ?? 'Someone'} asks for it until ${formatDayTime(grant.expiresAt, zone)}: “${grant.reason}”`;
  await writeNotices(
    ctx,
    members
      .filter((each) => mayApproveGrant({ kind: 'member', ...each } satisfies Actor, grant.budgetOwnerId))
      .map(({ id }) => ({
        ...{ key: `grant/${grant.id}/asked/${id}`, kind: 'grant.asked', target: { member: id }, data: dataOf(grant) },
        title: `A grant of ${formatMoney(grant.amountNano)} out of ${grant.budgetName} waits for approval`,
        text: `${asked}. One of you approves or declines it; nothing of the reserve is spent before.`,
        link: linkTo(grant),
      })),
  );
}

/** Tells whoever asked for a grant what came of it, where that was somebody else's doing. */
export async function tellAsker(ctx: Context, grant: GrantRow): Promise<void> {
  if (grant.askedPerson === ctx.actor.id || !grant.askedPerson.startsWith('mem_')) return;
  const amount = `${formatMoney(grant.amountNano)} out of ${grant.budgetName}`;
  const said =
    grant.state === 'open'
      ? { title: `Your grant of ${amount} is open`, text: 'Calls of its scope may spend it. A stop stays until someone lifts it.' }
      : grant.approvedAt === null
        ? { title: `Your grant of ${amount} was not approved`, text: `“${grant.endedWhy}”` }
        : { title: `Your grant of ${amount} has ended`, text: `“${grant.endedWhy}” What was granted becomes what was spent of it.` };
  await writeNotices(ctx, [
    {
      ...{ key: `grant/${grant.id}/${grant.state}`, kind: grant.state === 'open' ? 'grant.approved' : 'grant.ended' },
      ...{ target: { member: grant.askedPerson }, ...said, link: linkTo(grant), data: dataOf(grant) },
    },
  ]);
}
