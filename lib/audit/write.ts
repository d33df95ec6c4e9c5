import type { Context } from '@/lib/context';
import { makeId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';

/** What was changed: `{ kind: 'budget', id: 'bud_…' }`. */
export type Subject = { kind: string; id: string };

/** JSON that keeps bigints, as the decimal strings the API shows. */
export const jsonOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));

/**
 * Records who changed what, from what to what, in the transaction of the change: both commit or neither.
 * @param action noun.verb in the past, e.g. `budget.created` · @param before, after plain values, without secrets
 */
export async function audit(ctx: Context, action: string, subject: Subject, before: unknown, after: unknown): Promise<void> {
  const { actor } = ctx;
  await ctx.tx.query(
    `INSERT INTO audit_entry (org_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ctx.orgId,
      makeId('aud', ctx.now),
      toIso(ctx.now),
      actor.kind,
      actor.id,
      actor.name,
      action,
      subject.kind,
      subject.id,
      jsonOf(before),
      jsonOf(after),
      ctx.requestId,
    ],
  );
}
