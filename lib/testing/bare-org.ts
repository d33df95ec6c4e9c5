import { randomBytes } from 'node:crypto';
import { lockBudgetSet } from '@/lib/budget/set';
import type { Pins } from '@/lib/context';
import { only, reader, type Tx, transaction } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import type { AuthorizeRequest } from '@/lib/spend/schema';
import { authorizeIn } from '@/lib/spend/schema';

/** A budget for a test: what a row needs and nothing more. `amount` in dollars as text. */
export type BareBudget = {
  name?: string;
  amount: string;
  mode?: 'enforce' | 'observe';
  periodKind?: string;
  stopPpm?: number;
  workload?: string;
  feature?: string;
  provider?: string;
  model?: string;
  customer?: string;
  team?: string;
  tags?: Record<string, string>;
  onUnpriced?: 'refuse' | 'allow';
  keyHoldPpm?: number;
  leases?: boolean;
};

/** A private organisation written straight into its tables: for tests and benchmarks of what stands below the doors. */
export type BareOrg = { orgId: string; keyId: string; pins: Pins; budgets: string[]; now: Instant };

export const NOON = parseInstant('2026-11-24T12:00:00Z') as Instant;

/** Makes one, with a key and the given budgets. The clock stands at noon of a Tuesday unless said otherwise. */
export async function bareOrg(budgets: BareBudget[], now: Instant = NOON, zone = 'Europe/Berlin'): Promise<BareOrg> {
  const at = toIso(now);
  return transaction(async (tx) => {
    const orgId = makeId('org', now);
    await tx.query(
      `INSERT INTO organisation (id, name, zone, week_start, fiscal_year_start, currency, label_tags, created_at)
       VALUES ($1, 'Test', $2, 1, 1, 'USD', '{}', $3)`,
      [orgId, zone, at],
    );
    const keyId = makeId('key', now);
    await tx.query(
      `INSERT INTO api_key (org_id, id, name, prefix, secret_hash, scopes, created_by, created_at)
       VALUES ($1, $2, 'test', 'hs_live_', $3, '{usage:write,spend:authorize}', 'test', $4)`,
      [orgId, keyId, randomBytes(32), at],
    );
    const ids = await insertBudgets(tx, orgId, budgets, now);
    return { orgId, keyId, pins: { tags: {} }, budgets: ids, now };
  });
}

/** Adds budgets to one that has traffic, as making a budget does: alone, with a new version of the set. */
export async function addBudgets(org: BareOrg, budgets: BareBudget[]): Promise<void> {
  await transaction(async (tx) => {
    await lockBudgetSet(tx, org.orgId, 'alone');
    await insertBudgets(tx, org.orgId, budgets, org.now);
    await tx.query('UPDATE organisation SET budget_set_version = budget_set_version + 1 WHERE id = $1', [org.orgId]);
  });
}

async function insertBudgets(tx: Tx, orgId: string, budgets: BareBudget[], now: Instant): Promise<string[]> {
  const at = toIso(now);
  const ids: string[] = [];
  for (const budget of budgets) {
    const id = makeId('bud', now);
    ids.push(id);
    await tx.query(
      `INSERT INTO budget (org_id, id, name, workload, feature, provider, model, customer, team, tags, period_kind, amount, currency, mode,
                           on_unpriced, key_hold_ppm, leases, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'USD', $13, $14, $15, $16, 'test', $17)`,
      [
        orgId,
        id,
        budget.name ?? 'budget',
        budget.workload ?? null,
        budget.feature ?? null,
        budget.provider ?? null,
        budget.model ?? null,
        budget.customer ?? null,
        budget.team ?? null,
        budget.tags ?? {},
        budget.periodKind ?? 'month',
        budget.amount,
        budget.mode ?? 'enforce',
        budget.onUnpriced ?? 'refuse',
        budget.keyHoldPpm ?? 1_000_000,
        budget.leases ?? false,
        at,
      ],
    );
    await tx.query(
      `INSERT INTO threshold (org_id, id, budget_id, at_ppm, kind, must_answer, tell, created_at) VALUES ($1, $2, $3, $4, 'stop', false, '{}', $5)`,
      [orgId, makeId('thr', now), id, budget.stopPpm ?? 950_000, at],
    );
  }
  return ids;
}

let asked = 0;

/** An ask for a gpt-4o call of 1,000 tokens in and 500 out at most ($0.0075), changed as the test needs. */
export const anAsk = (part: Partial<AuthorizeRequest> = {}): AuthorizeRequest =>
  authorizeIn.parse({
    workload: 'support-bot',
    provider: 'openai',
    model: 'gpt-4o',
    maxUnits: { input: 1_000, output: 500 },
    idempotencyKey: `call-${++asked}`,
    ...part,
  });

export type PeriodFigures = {
  id: string;
  actual_nano: NanoUsd;
  presumed_nano: NanoUsd;
  unpriced_upper_nano: NanoUsd;
  held_nano: NanoUsd;
  excess_nano: NanoUsd;
  hard_stop_nano: NanoUsd;
  stop_id: string | null;
};

/** The newest period row of a budget, as it stands in Postgres. */
export async function periodOf(org: BareOrg, budget = 0): Promise<PeriodFigures> {
  const rows = await reader().query<PeriodFigures>(
    'SELECT * FROM budget_period WHERE org_id = $1 AND budget_id = $2 ORDER BY starts_at DESC LIMIT 1',
    [org.orgId, org.budgets[budget] as string],
  );
  return only(rows);
}
