import { audit, jsonOf } from '@/lib/audit/write';
import { actionIn } from '@/lib/containment/schema';
import { switchOn } from '@/lib/containment/switch-on';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { formatMoney } from '@/lib/kernel/format-money';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { writeNotices } from '@/lib/notice/write';
import { proposalsOf, readValue } from './read';
import type { ProposeIn, ValueOut } from './schema';

/**
 * Proposes a split to the owner of the workload's budget: the routing is prepared and waits for their yes. Only one that the evidence
 * advises now. @throws Fault split.not_advised · as switching a route on
 */
export async function proposeSplit(ctx: Context, wanted: ProposeIn): Promise<ValueOut> {
  const value = await readValue(ctx);
  const split = value.splits.find(
    ({ workload, feature, from, to }) =>
      workload === wanted.workload &&
      feature === wanted.feature &&
      from.provider === wanted.provider &&
      from.model === wanted.model &&
      to.provider === wanted.toProvider &&
      to.model === wanted.toModel,
  );
  if (split?.verdict !== 'advised' || split.savingNanoUsd === null)
    throw new Fault('split.not_advised', 'The evidence does not advise this move now. Read the page again.');
  const { workload, feature, from, to } = split;
  const scope = { workload, ...(feature === '' ? {} : { feature }) };
  const saving = formatMoney(split.savingNanoUsd);
  const reason = `${to.model} did as well as ${from.model} over ${to.known} outcomes: about ${saving} less in 30 days.`;
  const params = { from: { provider: from.provider, model: from.model }, to: { provider: to.provider, model: to.model } };
  const action = await switchOn(ctx, actionIn.parse({ kind: 'route', scope, params, reason, prepare: true }));
  const id = makeId('spl', ctx.now);
  await ctx.tx.query(
    'INSERT INTO split_proposal (org_id, id, action_id, evidence, promised_nano, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [ctx.orgId, id, action.id, jsonOf(split) ?? '{}', split.savingNanoUsd, ctx.actor.id, toIso(ctx.now)],
  );
  await audit(ctx, 'split.proposed', { kind: 'containment_action', id: action.id }, null, split);
  await tellOwners(ctx, workload, id, reason);
  // Nothing else of it has changed: what is told of sixty days is read once.
  return { ...value, proposals: await proposalsOf(ctx) };
}

/** Tells whoever owns a budget of the workload; the admins where nobody does. */
async function tellOwners(ctx: Context, workload: string, id: string, reason: string): Promise<void> {
  const owners = await ctx.tx.query<{ member: string }>(
    `SELECT DISTINCT m.id AS member FROM member m WHERE m.org_id = $1 AND m.ended_at IS NULL AND m.joined_at IS NOT NULL
        AND (EXISTS (SELECT FROM budget b WHERE b.org_id = $1 AND b.workload = $2 AND b.owner_id = m.id AND b.ended_at IS NULL)
             OR (m.role = 'admin' AND NOT EXISTS (SELECT FROM budget b WHERE b.org_id = $1 AND b.workload = $2 AND b.owner_id IS NOT NULL AND b.ended_at IS NULL)))
      ORDER BY 1`,
    [ctx.orgId, workload],
  );
  const notices = owners.map(({ member }) => ({
    ...{ key: `split.proposed/${id}/${member}`, kind: 'split.proposed', target: { member } },
    ...{ title: `A cheaper model for ${workload} waits for your yes`, text: reason, link: '/containment' },
  }));
  if (notices.length > 0) await writeNotices(ctx, notices);
}
