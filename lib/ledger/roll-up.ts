import { type Instant, toIso } from '@/lib/kernel/instant';
import { dayStart, localDay, localHourStart } from '@/lib/kernel/period';
import type { Books, NewEntry } from './entry';

/** What the rollups by hour and day are kept by. */
export type Cut = { workload: string; feature: string; provider: string; model: string; trafficStage: string };

/** Calls and money of one cut and basis in one hour or day (`at`: the hour's start, or the local day `YYYY-MM-DD`). */
export type Cell = Cut & { key: string; at: string; basis: string; calls: bigint; amountNano: bigint };

/** Quantity of one unit kind, by hour and by day (`at`: the start of either). */
export type UnitCell = Cut & { key: string; grain: 'hour' | 'day'; at: string; unit: string; quantity: bigint };

/** Calls and money of one value of one label in one local day. */
export type LabelCell = {
  key: string;
  day: string;
  label: string;
  value: string;
  workload: string;
  model: string;
  basis: string;
  calls: bigint;
  amountNano: bigint;
};

export type RolledUp = { hours: Cell[]; days: Cell[]; units: UnitCell[]; labels: LabelCell[] };

/** Parts of a key are told apart by a character that no text in Postgres can contain. */
const SPLIT = '\0';

/** The labels kept by day: team, cost centre, customer, source, and each registered tag as `tag:<name>`. */
export const labelNames = (labelTags: readonly string[]): string[] => [
  'team',
  'cost_centre',
  'customer',
  'source',
  ...labelTags.map((tag) => `tag:${tag}`),
];

/** What one cut gains in one hour: sums by basis, quantities by unit. Days are added up from these, not from the entries. */
type HourOfCut = {
  slot: Slot;
  cut: Cut;
  cutKey: string;
  sums: Map<string, { calls: number; amountNano: bigint }>;
  units: Map<string, number>;
};

/** Adds entries up to what the rollups gain by them, in the order in which their rows are locked (by key, so that no two batches wait for each other). */
export function rollUp(books: Books, entries: readonly NewEntry[]): RolledUp {
  const cuts = new Map<string, HourOfCut>();
  const spends = new Map<string, SpendOfDay>();
  const names = labelNames(books.labelTags);
  const slotOf = slots(books);
  for (const entry of entries) {
    const slot = slotOf(entry.bookedAt);
    addToCut(cuts, slot, entry);
    addToLabels(spends, slot.day, names.length, books.labelTags, entry);
  }
  const hours = new Map<string, Cell>();
  const days = new Map<string, Cell>();
  const units = new Map<string, UnitCell>();
  for (const { slot, cut, cutKey, sums, units: quantities } of cuts.values()) {
    for (const [basis, { calls, amountNano }] of sums) {
      addCell(hours, slot.hour + SPLIT + cutKey + basis, slot.hour, cut, basis, BigInt(calls), amountNano);
      addCell(days, slot.day + SPLIT + cutKey + basis, slot.day, cut, basis, BigInt(calls), amountNano);
    }
    for (const [unit, quantity] of quantities) {
      if (quantity === 0) continue;
      addUnits(units, 'hour', slot.hour, cutKey, cut, unit, BigInt(quantity));
      addUnits(units, 'day', slot.dayStart, cutKey, cut, unit, BigInt(quantity));
    }
  }
  return { hours: inOrder(hours), days: inOrder(days), units: inOrder(units), labels: inOrder(labelCells(spends, names)) };
}

function addToCut(cuts: Map<string, HourOfCut>, slot: Slot, entry: NewEntry): void {
  const { workload, feature, provider, model, trafficStage, calls } = entry;
  const cutKey = workload + SPLIT + feature + SPLIT + provider + SPLIT + model + SPLIT + trafficStage + SPLIT;
  const key = slot.hour + SPLIT + cutKey;
  let hour = cuts.get(key);
  if (!hour) {
    hour = { slot, cut: { workload, feature, provider, model, trafficStage }, cutKey, sums: new Map(), units: new Map() };
    cuts.set(key, hour);
  }
  const sum = hour.sums.get(entry.basis);
  if (sum) {
    sum.calls += calls;
    sum.amountNano += entry.amountNano;
  } else hour.sums.set(entry.basis, { calls, amountNano: entry.amountNano });
  if (calls === 0) return;
  // Safe as numbers: a batch has at most some thousand rows of at most 10⁹ units of a kind.
  for (const unit in entry.units) {
    hour.units.set(unit, (hour.units.get(unit) ?? 0) + (entry.units[unit as keyof typeof entry.units] ?? 0) * calls);
  }
}

type Sum = { calls: number; amountNano: bigint };

/** What one workload's calls of a model and basis spent in one day, by the values of each label: values are looked up as they are, no key is put together for each entry. */
type SpendOfDay = { day: string; workload: string; model: string; basis: string; byLabel: Map<string, Sum>[] };

function addToLabels(spends: Map<string, SpendOfDay>, day: string, labels: number, tags: readonly string[], entry: NewEntry): void {
  const { workload, model, basis } = entry;
  const key = day + SPLIT + workload + SPLIT + model + SPLIT + basis;
  let spend = spends.get(key);
  if (!spend) {
    spend = { day, workload, model, basis, byLabel: Array.from({ length: labels }, () => new Map()) };
    spends.set(key, spend);
  }
  const { byLabel } = spend;
  // In the order of `labelNames`.
  addSum(byLabel[0], entry.team, entry);
  addSum(byLabel[1], entry.costCentre, entry);
  addSum(byLabel[2], entry.customer, entry);
  addSum(byLabel[3], entry.source, entry);
  for (let i = 0; i < tags.length; i++) addSum(byLabel[4 + i], entry.tags[tags[i] as string] ?? '', entry);
}

function addSum(sums: Map<string, Sum> | undefined, value: string, { calls, amountNano }: NewEntry): void {
  const sum = sums?.get(value);
  if (sum) {
    sum.calls += calls;
    sum.amountNano += amountNano;
  } else sums?.set(value, { calls, amountNano });
}

function labelCells(spends: Map<string, SpendOfDay>, names: readonly string[]): Map<string, LabelCell> {
  const cells = new Map<string, LabelCell>();
  for (const { day, workload, model, basis, byLabel } of spends.values()) {
    for (const [i, sums] of byLabel.entries()) {
      const label = names[i] as string;
      for (const [value, { calls, amountNano }] of sums) {
        const key = day + SPLIT + label + SPLIT + value + SPLIT + workload + SPLIT + model + SPLIT + basis;
        cells.set(key, { key, day, label, value, workload, model, basis, calls: BigInt(calls), amountNano });
      }
    }
  }
  return cells;
}

function addCell(cells: Map<string, Cell>, key: string, at: string, cut: Cut, basis: string, calls: bigint, amountNano: bigint): void {
  const cell = cells.get(key);
  if (cell) {
    cell.calls += calls;
    cell.amountNano += amountNano;
  } else cells.set(key, { ...cut, key, at, basis, calls, amountNano });
}

function addUnits(
  cells: Map<string, UnitCell>,
  grain: 'hour' | 'day',
  at: string,
  cutKey: string,
  cut: Cut,
  unit: string,
  quantity: bigint,
): void {
  const key = grain + SPLIT + at + SPLIT + cutKey + unit;
  const cell = cells.get(key);
  if (cell) cell.quantity += quantity;
  else cells.set(key, { ...cut, key, grain, at, unit, quantity });
}

/** Cells by key. The one sorting function for all rollups: every writer locks rows in this order. */
export const inOrder = <C extends { key: string }>(cells: Map<string, C>): C[] =>
  [...cells.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

type Slot = { hour: string; day: string; dayStart: string };

/** The hour and day of an instant, remembered for the batch: most of its records share them. */
function slots({ calendar }: Books): (at: Instant) => Slot {
  const known = new Map<Instant, Slot>();
  return (at) => {
    const hour = localHourStart(calendar, at);
    let slot = known.get(hour);
    if (!slot) {
      const day = localDay(calendar, at);
      slot = { hour: toIso(hour), day, dayStart: toIso(dayStart(calendar, day)) };
      known.set(hour, slot);
    }
    return slot;
  };
}
