import { createHash } from 'node:crypto';
import { only, type Tx } from '@/lib/db';
import type { CalendarHistory } from '@/lib/kernel/calendar-history';
import { Fault } from '@/lib/kernel/fault';
import type { Instant } from '@/lib/kernel/instant';
import type { Ppm } from '@/lib/kernel/money';
import type { PeriodKind } from '@/lib/kernel/period';
import { pastCalendars } from '@/lib/org/past-calendars';
import { type BudgetKind, SCOPE_FIELDS, type Scope } from './scope';

/** A budget as decisions need it. */
export type ActiveBudget = {
  id: string;
  name: string;
  kind: BudgetKind;
  scope: Scope;
  periodKind: PeriodKind | null;
  fixed: { startsAt: Instant; endsAt: Instant } | null;
  /** Decimal text in `currency`, as people wrote it. */
  amount: string;
  nextAmount: string | null;
  currency: string;
  enforcing: boolean;
  stopAt: Ppm;
  keyHoldPpm: number;
  onUnpriced: 'refuse' | 'allow';
  /** Whether programs may be given some of it at a time, to decide by themselves. */
  leases: boolean;
  createdAt: Instant;
  /** A resume step's hidden budget, by the hour: of which budget. Null for every other. */
  stageOf: string | null;
};

/** All budgets of an organisation that have not ended, with the calendar they run by and those they ran by before. */
export type BudgetSet = {
  orgId: string;
  version: number;
  priceVersion: number;
  calendar: CalendarHistory;
  labelTags: string[];
  budgets: ActiveBudget[];
};

/** The advisory lock of an organisation's budget set: a signed 64-bit number made from the organisation's id. */
export const budgetSetLock = (orgId: string): bigint => createHash('sha256').update(`budget-set:${orgId}`).digest().readBigInt64BE();

/**
 * The first lock of every transaction that touches money. Whoever books or decides shares it; whoever makes, changes or ends a
 * budget, adopts a workload, moves the calendar or changes prices holds it alone, so that no spend is booked meanwhile.
 */
export async function lockBudgetSet(tx: Tx, orgId: string, how: 'shared' | 'alone'): Promise<void> {
  const lock = how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.query(`SELECT ${lock}($1::int8)`, [budgetSetLock(orgId)], `budget_set_lock_${how}`);
}

/** The versions that what a process keeps of an organisation is held against: its budgets, its prices, and what contains its spend. */
export type Heads = { version: number; priceVersion: number; containment: number };

/** The columns of an organisation that `Heads` are read from. */
export const HEADS = 'budget_set_version AS version, price_version AS "priceVersion", containment_version AS containment';

const cache = globalThis as { hardstopBudgetSets?: Map<string, BudgetSet> };

/**
 * The organisation's budgets, read anew when its version has changed. Call it after `lockBudgetSet`, in the same transaction.
 * @param heads the versions, where the caller has just read them · @throws Fault organisation.not_found
 */
export async function budgetSet(tx: Tx, orgId: string, heads?: Heads): Promise<BudgetSet> {
  const now = heads ?? (await readHeads(tx, orgId));
  cache.hardstopBudgetSets ??= new Map();
  const known = cache.hardstopBudgetSets.get(orgId);
  if (known?.version === now.version && known.priceVersion === now.priceVersion) return known;
  const set = await freshBudgetSet(tx, orgId);
  if (cache.hardstopBudgetSets.size >= 1_000) cache.hardstopBudgetSets.clear();
  cache.hardstopBudgetSets.set(orgId, set);
  return set;
}

async function readHeads(tx: Tx, orgId: string): Promise<Heads> {
  const [heads] = await tx.query<Heads>(`SELECT ${HEADS} FROM organisation WHERE id = $1`, [orgId], 'budget_set_heads');
  if (!heads) throw new Fault('organisation.not_found', 'This organisation does not exist any more.');
  return heads;
}

type OrgRow = {
  zone: string;
  week_start: number;
  fiscal_year_start: number;
  label_tags: string[];
  budget_set_version: number;
  price_version: number;
};

/** The same without the cache: for the transaction that is changing the set, whose own rows must not outlive its rollback. */
export async function freshBudgetSet(tx: Tx, orgId: string): Promise<BudgetSet> {
  const org = only(
    await tx.query<OrgRow>(
      'SELECT zone, week_start, fiscal_year_start, label_tags, budget_set_version, price_version FROM organisation WHERE id = $1',
      [orgId],
    ),
  );
  const rows = await tx.query<BudgetRow>(
    `SELECT ${BUDGET_COLUMNS} FROM ${BUDGET_TABLES} WHERE b.org_id = $1 AND b.ended_at IS NULL ORDER BY b.id`,
    [orgId],
  );
  return {
    orgId,
    version: org.budget_set_version,
    priceVersion: org.price_version,
    calendar: {
      zone: org.zone,
      weekStart: org.week_start as CalendarHistory['weekStart'],
      fiscalYearStart: org.fiscal_year_start as CalendarHistory['fiscalYearStart'],
      past: await pastCalendars(tx, orgId),
    },
    labelTags: org.label_tags,
    budgets: rows.map(activeBudget),
  };
}

/** What `activeBudget` reads, of `BUDGET_TABLES`. */
export const BUDGET_COLUMNS = `b.id, b.name, b.kind, b.workload, b.feature, b.team, b.cost_centre, b.provider, b.model, b.traffic_stage,
  b.customer, b.tags, b.period_kind, b.fixed_starts_at, b.fixed_ends_at, b.amount, b.next_amount, b.currency, b.mode, b.key_hold_ppm,
  b.on_unpriced, b.leases, b.created_at, b.stage_of, t.at_ppm`;
export const BUDGET_TABLES = `budget b JOIN threshold t ON t.org_id = b.org_id AND t.budget_id = b.id AND t.kind = 'stop'`;

export type BudgetRow = {
  id: string;
  name: string;
  kind: BudgetKind;
  workload: string | null;
  feature: string | null;
  team: string | null;
  cost_centre: string | null;
  provider: string | null;
  model: string | null;
  traffic_stage: string | null;
  customer: string | null;
  tags: Record<string, string>;
  period_kind: PeriodKind | 'hour' | null;
  fixed_starts_at: Instant | null;
  fixed_ends_at: Instant | null;
  amount: string;
  next_amount: string | null;
  currency: string;
  mode: 'enforce' | 'observe';
  key_hold_ppm: number;
  on_unpriced: 'refuse' | 'allow';
  leases: boolean;
  created_at: Instant;
  stage_of: string | null;
  at_ppm: number;
};

/** A budget of its row. */
export function activeBudget(row: BudgetRow): ActiveBudget {
  const scope: Scope = { tags: row.tags };
  const named = { ...row, costCentre: row.cost_centre, trafficStage: row.traffic_stage };
  for (const field of SCOPE_FIELDS) {
    const value = named[field];
    if (value !== null) scope[field] = value;
  }
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    scope,
    periodKind: row.period_kind === 'hour' ? null : row.period_kind,
    fixed: row.fixed_starts_at !== null && row.fixed_ends_at !== null ? { startsAt: row.fixed_starts_at, endsAt: row.fixed_ends_at } : null,
    amount: row.amount,
    nextAmount: row.next_amount,
    currency: row.currency,
    enforcing: row.mode === 'enforce',
    stopAt: row.at_ppm as Ppm,
    keyHoldPpm: row.key_hold_ppm,
    onUnpriced: row.on_unpriced,
    leases: row.leases,
    createdAt: row.created_at,
    stageOf: row.stage_of,
  };
}
