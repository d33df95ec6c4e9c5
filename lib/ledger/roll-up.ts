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

/** Adds entries up to what the rollups gain by them, in the order in which their rows are locked (by key, so that no two batches wait for each other). */
export function rollUp(books: Books, entries: readonly NewEntry[]): RolledUp {
  const hours = new Map<string, Cell>();
  const days = new Map<string, Cell>();
  const units = new Map<string, UnitCell>();
  const labels = new Map<string, LabelCell>();
  const slotOf = slots(books);
  for (const entry of entries) {
    const slot = slotOf(entry.bookedAt);
    const { workload, feature, provider, model, trafficStage, basis, calls, amountNano } = entry;
    const cut = { workload, feature, provider, model, trafficStage };
    const cutKey = workload + SPLIT + feature + SPLIT + provider + SPLIT + model + SPLIT + trafficStage + SPLIT;
    const count = BigInt(calls);
    addCell(hours, slot.hour + SPLIT + cutKey + basis, slot.hour, cut, basis, count, amountNano);
    addCell(days, slot.day + SPLIT + cutKey + basis, slot.day, cut, basis, count, amountNano);
    if (calls !== 0) {
      for (const unit in entry.units) {
        const quantity = BigInt(entry.units[unit as keyof typeof entry.units] ?? 0) * count;
        if (quantity === 0n) continue;
        addUnits(units, 'hour', slot.hour, cutKey, cut, unit, quantity);
        addUnits(units, 'day', slot.dayStart, cutKey, cut, unit, quantity);
      }
    }
    const tail = SPLIT + workload + SPLIT + model + SPLIT + basis;
    const addLabel = (label: string, value: string): void => {
      const key = slot.day + SPLIT + label + SPLIT + value + tail;
      const cell = labels.get(key);
      if (cell) {
        cell.calls += count;
        cell.amountNano += amountNano;
      } else labels.set(key, { key, day: slot.day, label, value, workload, model, basis, calls: count, amountNano });
    };
    addLabel('team', entry.team);
    addLabel('cost_centre', entry.costCentre);
    addLabel('customer', entry.customer);
    addLabel('source', entry.source);
    for (const tag of books.labelTags) addLabel(`tag:${tag}`, entry.tags[tag] ?? '');
  }
  return { hours: inOrder(hours), days: inOrder(days), units: inOrder(units), labels: inOrder(labels) };
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
