import { readGrantUses } from '@/lib/budget/grant/rows';
import { openAmount, reserveLeft } from '@/lib/budget/grant/use';
import type { Context } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import type { PlanRow } from '../plan';
import type { Live } from './live';

export type NoteRow = { id: string; kind: 'note' | 'sign_off'; date: string | null; text: string; by: string; at: Instant };

/** What people wrote beside a plan, in the order in which they did. */
export const notesOf = (ctx: Context, planId: string): Promise<NoteRow[]> =>
  ctx.tx.query<NoteRow>(
    'SELECT id, kind, date, text, by_name AS by, at FROM recovery_note WHERE org_id = $1 AND plan_id = $2 ORDER BY at, id',
    [ctx.orgId, planId],
  );

export type CheckRow = { id: string; text: string; doneAt: Instant | null; doneBy: string | null };

export const checksOf = (ctx: Context, planId: string): Promise<CheckRow[]> =>
  ctx.tx.query<CheckRow>(
    'SELECT id, text, done_at AS "doneAt", done_by AS "doneBy" FROM recovery_check WHERE org_id = $1 AND plan_id = $2 ORDER BY position',
    [ctx.orgId, planId],
  );

/** The reserve of the running period: what may still be granted, and what is open of it. */
export async function grantsOf(
  ctx: Context,
  { period }: Live,
): Promise<{ atMostNanoUsd: string; openNanoUsd: string; openGrants: number }> {
  const grants = period.id === null ? [] : await readGrantUses(ctx.tx, ctx.orgId, [period.id]);
  return {
    ...{ atMostNanoUsd: String(reserveLeft(period, grants)), openNanoUsd: String(openAmount(grants)) },
    openGrants: grants.filter((each) => each.open).length,
  };
}

/** The names of those who acted on a plan, for whom only an id is kept. */
export async function namesOf(ctx: Context, plan: PlanRow): Promise<{ of(id: string | null): string | null }> {
  const checks = await ctx.tx.query<{ by: string }>(
    'SELECT DISTINCT done_by AS by FROM recovery_check WHERE org_id = $1 AND plan_id = $2 AND done_by IS NOT NULL',
    [ctx.orgId, plan.id],
  );
  const ids = [plan.roomBy, plan.causeBy, plan.closedBy, ...checks.map((each) => each.by)].flatMap((id) => id ?? []);
  const rows = await ctx.tx.query<{ id: string; name: string }>(
    `SELECT m.id, p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.org_id = $1 AND m.id = ANY($2)
      UNION ALL SELECT id, name FROM api_key WHERE org_id = $1 AND id = ANY($2)`,
    [ctx.orgId, ids],
  );
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return { of: (id) => (id === null ? null : (names.get(id) ?? 'Hardstop')) };
}
