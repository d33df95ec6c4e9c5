import type { Context } from '@/lib/context';
import { tell } from '@/lib/event/tell';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { toIso } from '@/lib/kernel/instant';
import { writeNotices } from '@/lib/notice/write';
import { acknowledge, addNote } from '../answer';
import { addEvent } from '../event';
import { type BreachRow, lockBreach } from '../row';
import { recipientsOf, wordOf } from '../targets';
import { findLink, type Link } from './read';

export const ACTS = ['acknowledge', 'keep_stopped', 'ask_grant'] as const;
/** What the holder of a link may do: have it; and once they have it, keep it stopped or ask for a grant. */
export type Act = (typeof ACTS)[number];

/** Who acts, as the link says, in the transaction given. */
const asHolder = (ctx: Context, link: Link): Context => ({ ...ctx, orgId: link.orgId, actor: link.actor });

/**
 * Does what the holder of a link asks. Acknowledging works once; a second time, and after somebody else, it changes nothing. What
 * comes after it is for whoever has the breach.
 * @throws Fault link.not_found · link.expired · breach.not_yours
 */
export async function actByLink(ctx: Context, input: { token: string; act: Act; note: string | null }): Promise<void> {
  const link = await findLink(ctx.tx, input.token, true);
  if (link === null) throw new Fault('link.not_found', 'This link opens nothing. Sign in, and find the breach there.');
  const holder = asHolder(ctx, link);
  const breach = await lockBreach(holder, link.breachId);
  if (breach.phase === 'closed') return;
  if (link.expiresAt <= ctx.now) throw new Fault('link.expired', 'This link is older than seven days. Sign in, and find the breach there.');
  if (input.act === 'acknowledge') return acknowledgeOnce(holder, link, breach, input.note);
  if (breach.answeredBy !== link.actor.id) throw new Fault('breach.not_yours', 'Somebody else has this breach. Ask them.');
  if (input.act === 'keep_stopped') return keepStopped(holder, breach, input.note);
  return askForGrant(holder, breach, link);
}

async function acknowledgeOnce(ctx: Context, link: Link, breach: BreachRow, note: string | null): Promise<void> {
  if (link.usedAt !== null || breach.answeredBy !== null) return;
  await ctx.tx.query('UPDATE acknowledge_link SET used_at = $3 WHERE org_id = $1 AND id = $2', [ctx.orgId, link.id, toIso(ctx.now)]);
  await acknowledge(ctx, { breachId: breach.id, note });
}

const hasSaid = async (ctx: Context, breachId: string, kind: string): Promise<boolean> =>
  (
    await ctx.tx.query('SELECT FROM breach_event WHERE org_id = $1 AND breach_id = $2 AND kind = $3 AND actor_id = $4', [
      ...[ctx.orgId, breachId, kind, ctx.actor.id],
    ])
  ).length > 0;

async function keepStopped(ctx: Context, breach: BreachRow, note: string | null): Promise<void> {
  if (!(await hasSaid(ctx, breach.id, 'kept_stopped'))) await addNote(ctx, { breachId: breach.id, text: note, kind: 'kept_stopped' });
}

/** Asks whoever may grant: the budget's owner, or the admins where it has none. */
async function askForGrant(ctx: Context, breach: BreachRow, link: Link): Promise<void> {
  if (await hasSaid(ctx, breach.id, 'grant_asked')) return;
  const to = await recipientsOf(ctx, ['budget_owner'], breach.budgetOwnerId);
  await addEvent(ctx, breach.id, 'grant_asked', { text: null, targets: to.map(wordOf) });
  await tell(ctx, 'breach.changed', { kind: 'breach', id: breach.id, budgetId: breach.budgetId });
  const { chargedNanoUsd, limitNanoUsd } = breach.figures;
  await writeNotices(
    ctx,
    to.map((target) => ({
      ...{ key: `${breach.id}/grant/${link.id}/${wordOf(target)}`, kind: 'grant.asked', target, breachId: breach.id },
      title: `${ctx.actor.name} asks for a grant for ${breach.budgetName}`,
      text: `It stopped with ${formatMoney(chargedNanoUsd)} of ${formatMoney(limitNanoUsd)} charged. A grant gives its calls a part of the reserve; a second person approves it.`,
      link: `/breaches/${breach.id}`,
      data: { breachId: breach.id, budgetId: breach.budgetId, askedBy: ctx.actor.id },
    })),
  );
}
