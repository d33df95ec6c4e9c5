import type { Context } from '@/lib/context';
import { type Tx, together } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Scope } from '../scope';

/** An approved grant as decisions need it: read with its locked period, changed in memory, written back with it. */
export type GrantUse = {
  id: string;
  periodId: string;
  amount: NanoUsd;
  charged: NanoUsd;
  held: NanoUsd;
  open: boolean;
  expiresAt: Instant;
  scope: Scope;
  /** Holds that this transaction has set aside from it. */
  newHolds: string[];
  changed: boolean;
};

/** The approved grants of locked periods, in the order of their ids. */
export async function readGrantUses(tx: Tx, orgId: string, periodIds: string[]): Promise<GrantUse[]> {
  if (periodIds.length === 0) return [];
  const rows = await tx.query<Omit<GrantUse, 'newHolds' | 'changed'>>(
    `SELECT id, period_id AS "periodId", amount_nano AS amount, charged_nano AS charged, held_nano AS held, state = 'open' AS open,
            expires_at AS "expiresAt", scope
       FROM budget_grant WHERE org_id = $1 AND period_id = ANY($2) AND approved_at IS NOT NULL ORDER BY id`,
    [orgId, periodIds],
    'read_grant_uses',
  );
  return rows.map((row) => ({ ...row, newHolds: [], changed: false }));
}

/** Writes what changed of grants back, and which holds are set aside from them; the holds are written before. All is sent at once. */
export async function writeGrantUses(ctx: Context, grants: GrantUse[]): Promise<void> {
  const changed = grants.filter((each) => each.changed);
  if (changed.length === 0) return;
  const holds = changed.flatMap((each) => each.newHolds.map((holdId) => ({ holdId, periodId: each.periodId, grantId: each.id })));
  await together([
    ctx.tx.query(
      `UPDATE budget_grant g SET charged_nano = w.charged, held_nano = w.held
         FROM unnest($2::text[], $3::int8[], $4::int8[]) AS w(id, charged, held) WHERE g.org_id = $1 AND g.id = w.id`,
      [ctx.orgId, changed.map((each) => each.id), changed.map((each) => each.charged), changed.map((each) => each.held)],
      'write_grant_uses',
    ),
    holds.length === 0
      ? []
      : ctx.tx.query(
          `INSERT INTO hold_grant (org_id, hold_id, period_id, grant_id) SELECT $1, w.* FROM unnest($2::text[], $3::text[], $4::text[]) AS w`,
          [ctx.orgId, holds.map((each) => each.holdId), holds.map((each) => each.periodId), holds.map((each) => each.grantId)],
          'insert_hold_grants',
        ),
  ]);
}
