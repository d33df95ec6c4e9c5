import type { Context } from '@/lib/context';
import { formatMoney } from '@/lib/kernel/format-money';
import { type Instant, instant, toIso } from '@/lib/kernel/instant';
import { type Calendar, periodAt } from '@/lib/kernel/period';
import { booksOf } from '../books';
import { type Group, spendOf } from '../spend';
import { filtersOf } from './budget-filters';
import type { MovedOut } from './schema';

const SHOWN = 5;

type Cell = { amount: bigint; calls: bigint };
/** A difference and its two parts, nano-dollars; the parts add up to it exactly. */
export type Split = { before: bigint; after: bigint; byCalls: bigint; byCost: bigint; moved: bigint };

/**
 * Parts what moved between two weeks: what the change in the number of calls makes at the old cost of a call, and the rest, which is
 * the change in what a call costs. What is new has no old cost: all of it is calls.
 */
export function split(before: Cell, after: Cell): Split {
  const moved = after.amount - before.amount;
  const byCalls = before.calls > 0n ? ((after.calls - before.calls) * before.amount) / before.calls : moved;
  return { before: before.amount, after: after.amount, byCalls, byCost: moved - byCalls, moved };
}

const sum = (parts: Split[]): Split =>
  parts.reduce(
    (all, each) => ({
      before: all.before + each.before,
      after: all.after + each.after,
      byCalls: all.byCalls + each.byCalls,
      byCost: all.byCost + each.byCost,
      moved: all.moved + each.moved,
    }),
    { before: 0n, after: 0n, byCalls: 0n, byCost: 0n, moved: 0n },
  );

const out = (each: Split) => ({
  ...{ before: String(each.before), after: String(each.after), byCalls: String(each.byCalls) },
  ...{ byCost: String(each.byCost), moved: String(each.moved) },
});

/** Local midnight so many days before a day's start. */
function daysBefore(calendar: Calendar, start: Instant, count: number): Instant {
  let at = start;
  for (let day = 0; day < count; day++) at = periodAt('day', calendar, instant(at - 1)).startsAt;
  return at;
}

/** What moved in the last seven whole days against the seven before, by workload and model. @throws Fault budget.not_found */
export async function movedOf(ctx: Context, budgetId: string | null): Promise<MovedOut> {
  const books = await booksOf(ctx.tx, ctx.orgId);
  const to = periodAt('day', books.calendar, ctx.now).startsAt;
  const middle = daysBefore(books.calendar, to, 7);
  const from = daysBefore(books.calendar, middle, 7);
  const filters = await filtersOf(ctx, budgetId);
  const ask = (start: Instant, end: Instant) =>
    spendOf(ctx.tx, books, { from: start, to: end, groupBy: ['workload', 'model'], filters, granularity: null }, ctx.now);
  const [before, after] = [await ask(from, middle), await ask(middle, to)];
  const drivers = driversOf(before.groups, after.groups);
  const rest = drivers.slice(SHOWN);
  return {
    ...{ from: toIso(from), middle: toIso(middle), to: toIso(to), zone: books.calendar.zone },
    finding: findingOf(drivers, before.total.actual),
    total: out(sum(drivers)),
    drivers: drivers.slice(0, SHOWN).map((each) => ({ workload: each.workload, model: each.model, ...out(each) })),
    others: rest.length > 0 ? { count: rest.length, ...out(sum(rest)) } : null,
  };
}

type Driver = Split & { workload: string; model: string };

/** Everything that was spent on in either week, what moved most first. */
function driversOf(before: Group[], after: Group[]): Driver[] {
  const byName = new Map<string, { key: string[]; before: Cell; after: Cell }>();
  const nothing: Cell = { amount: 0n, calls: 0n };
  const note = (groups: Group[], week: 'before' | 'after') => {
    for (const group of groups) {
      const name = group.key.join('\0');
      const found = byName.get(name) ?? { key: group.key, before: nothing, after: nothing };
      found[week] = { amount: group.actual, calls: group.calls };
      byName.set(name, found);
    }
  };
  note(before, 'before');
  note(after, 'after');
  const size = ({ moved }: Split): bigint => (moved < 0n ? -moved : moved);
  return [...byName.values()]
    .map((each) => ({ workload: each.key[0] ?? '', model: each.key[1] ?? '', ...split(each.before, each.after) }))
    .sort((a, b) => (size(a) === size(b) ? a.workload.localeCompare(b.workload) : size(a) < size(b) ? 1 : -1));
}

function findingOf(drivers: Driver[], before: bigint): string | null {
  if (before === 0n) return null;
  const [first] = drivers;
  if (!first || first.moved === 0n) return 'Nothing moved against the week before.';
  const amount = formatMoney(first.moved, { style: 'tile', signed: true });
  return `${first.workload} on ${first.model} moved the week most: ${amount}.`;
}
