import type { Tx } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { days, type Instant, toIso } from '@/lib/kernel/instant';
import { localDay } from '@/lib/kernel/period';
import type { Books } from '@/lib/ledger/entry';
import { OTHER } from '@/lib/ledger/label-values';
import { labelOf } from './dimensions';
import { type Plan, planSpend, type SpendQuestion } from './plan';
import { type SpendRow, spendSql } from './spend-sql';

/** What was spent, in nano-dollars, and how often. `units` is null where the labels' rollup answered: it keeps no quantities. */
export type Figures = {
  actual: bigint;
  presumed: bigint;
  unpricedUpper: bigint;
  calls: bigint;
  unpricedCalls: bigint;
  units: Record<string, bigint> | null;
};

export type Point = Figures & { at: Instant; complete: boolean };
export type Group = Figures & { key: string[]; points: Point[] };
export type Spend = { from: 'rollup' | 'ledger'; total: Figures & { points: Point[] }; groups: Group[] };

/**
 * Answers a question about spend: the one function behind every screen, file and answer of the API. Groups come dearest first.
 * @throws Fault spend.empty_range, spend.range_too_long, spend.too_many_points
 */
export async function spendOf(tx: Tx, books: Books, question: SpendQuestion, now: Instant): Promise<Spend> {
  const plan = await planFor(tx, books, question, now);
  const { sql, values } = spendSql(books.orgId, question, plan, books.calendar);
  const rows = await tx.query<SpendRow>(sql, values);
  const hasUnits = plan.label === null;
  const total = { ...nothing(hasUnits), points: pointsOf(plan, hasUnits) };
  const groups = new Map<string, Group>();
  const names = question.groupBy.map((_, i): `k${number}` => `k${i}`);
  for (const row of rows) {
    let name = '';
    for (const key of names) name += `${row[key]}\0`;
    let group = groups.get(name);
    if (!group) {
      group = { ...nothing(hasUnits), key: names.map((key) => row[key] ?? ''), points: pointsOf(plan, hasUnits) };
      groups.set(name, group);
    }
    add(total, row);
    add(group, row);
    addTo(total.points[row.bucket - 1], row);
    addTo(group.points[row.bucket - 1], row);
  }
  return { from: plan.from, total, groups: question.groupBy.length === 0 ? [] : [...groups.values()].sort(dearestFirst) };
}

/** A plan; where a label had more values than are kept apart, a filter by its values is answered from raw rows instead. */
async function planFor(tx: Tx, books: Books, question: SpendQuestion, now: Instant): Promise<Plan> {
  const plan = planSpend(question, books.calendar, books.labelTags, now);
  const { label } = plan;
  if (label === null || !question.filters.some((each) => each.dimension === label)) return plan;
  const day = (at: Instant): string => localDay(books.calendar, at);
  const capped = await tx.query(
    'SELECT FROM rollup_label WHERE org_id = $1 AND label = $2 AND value = $3 AND day BETWEEN $4 AND $5 LIMIT 1',
    [...[books.orgId, labelOf(label), OTHER, day(question.from), day(question.to)]],
  );
  if (capped.length === 0) return plan;
  if (question.to - question.from > days(31)) {
    throw new Fault('spend.range_too_long', 'Give a range of at most 31 days: there are more values here than are kept apart by the day.');
  }
  return { ...plan, from: 'ledger', label: null, pieces: [{ source: 'ledger', from: question.from, to: question.to }] };
}

const nothing = (hasUnits: boolean): Figures => ({
  ...{ actual: 0n, presumed: 0n, unpricedUpper: 0n, calls: 0n, unpricedCalls: 0n },
  units: hasUnits ? {} : null,
});

const pointsOf = (plan: Plan, hasUnits: boolean): Point[] =>
  plan.buckets.map(({ at, complete }) => ({ ...nothing(hasUnits), at, complete }));

function add(figures: Figures, row: SpendRow): void {
  if (row.unit !== null) {
    if (figures.units) figures.units[row.unit] = (figures.units[row.unit] ?? 0n) + row.sum;
    return;
  }
  if (row.basis === 'presumed') figures.presumed += row.sum;
  else if (row.basis === 'unpriced') figures.unpricedUpper += row.sum;
  else figures.actual += row.sum;
  figures.calls += row.calls;
  if (row.basis === 'unpriced') figures.unpricedCalls += row.calls;
}

const addTo = (point: Point | undefined, row: SpendRow): void => {
  if (point) add(point, row);
};

const chargedOf = (figures: Figures): bigint => figures.actual + figures.presumed + figures.unpricedUpper;

function dearestFirst(a: Group, b: Group): number {
  const difference = chargedOf(b) - chargedOf(a);
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return a.key.join('\0') < b.key.join('\0') ? -1 : 1;
}

/** Figures as the API writes them; units by name. */
export const figuresOut = (figures: Figures) => ({
  ...moneyOut(figures),
  units:
    figures.units &&
    Object.fromEntries(
      Object.entries(figures.units)
        .sort(byName)
        .map(([unit, quantity]) => [unit, Number(quantity)]),
    ),
});

const byName = ([a]: [string, bigint], [b]: [string, bigint]): number => (a < b ? -1 : 1);

const moneyOut = (figures: Figures) => ({
  actualNanoUsd: String(figures.actual),
  presumedNanoUsd: String(figures.presumed),
  unpricedUpperNanoUsd: String(figures.unpricedUpper),
  calls: Number(figures.calls),
  unpricedCalls: Number(figures.unpricedCalls),
});

export const pointOut = (point: Point) => ({ at: toIso(point.at), ...moneyOut(point), complete: point.complete });
