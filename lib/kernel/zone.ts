import { tzOffset } from '@date-fns/tz';

const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;
/** No zone has changed its offset twice within six days since 1980, so a window of four holds at most one change. */
const WINDOW = 4 * MS_PER_DAY;
const MAX_ZONES = 64;
const MAX_KEPT = 1_024;

/** A stretch of time, milliseconds [from, until), in which a zone keeps one offset. The next one may keep it too. */
type Stretch = { from: number; until: number; offset: number };

/** What is known of one zone, bounded: the offset at the start of each window, its stretches, the first millisecond of days. */
export type Zone = {
  readonly name: string;
  readonly offsets: Map<number, number>;
  readonly stretches: Map<number, Stretch[]>;
  readonly starts: Map<number, number>;
};

const zones = new Map<string, Zone>();

/** Whether the name is one of the IANA zones (an alias too) that this runtime knows; `+02:00` and the like are none. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone of this name. @throws RangeError when there is none: names are checked with `isZone` where they come in. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  if (!isZone(name)) throw new RangeError(`${name} is no time zone`);
  if (zones.size >= MAX_ZONES) zones.delete(zones.keys().next().value as string);
  const zone: Zone = { name, offsets: new Map(), stretches: new Map(), starts: new Map() };
  zones.set(name, zone);
  return zone;
}

const offsetAt = (zone: Zone, ms: number): number => Math.round(tzOffset(zone.name, new Date(ms)) * 60_000);

/** The first moment in (low, high] that has the offset of `high`; zones change on whole seconds. */
function findChange(zone: Zone, low: number, high: number): number {
  const after = offsetAt(zone, high);
  let before = low;
  let at = high;
  while (at - before > 1_000) {
    const middle = Math.floor((before + at) / 2_000) * 1_000;
    if (offsetAt(zone, middle) === after) at = middle;
    else before = middle;
  }
  return at;
}

function offsetAtStart(zone: Zone, window: number): number {
  let offset = zone.offsets.get(window);
  if (offset === undefined) {
    offset = offsetAt(zone, window * WINDOW);
    if (zone.offsets.size >= MAX_KEPT) zone.offsets.clear();
    zone.offsets.set(window, offset);
  }
  return offset;
}

function stretchesOf(zone: Zone, window: number): Stretch[] {
  const known = zone.stretches.get(window);
  if (known) return known;
  const from = window * WINDOW;
  const until = from + WINDOW;
  const first = offsetAtStart(zone, window);
  const last = offsetAtStart(zone, window + 1);
  const change = first === last ? until : findChange(zone, from, until);
  const stretches = [{ from, until: change, offset: first }];
  if (change < until) stretches.push({ from: change, until, offset: last });
  if (zone.stretches.size >= MAX_KEPT) zone.stretches.clear();
  zone.stretches.set(window, stretches);
  return stretches;
}

function stretchAt(zone: Zone, ms: number): Stretch {
  const stretches = stretchesOf(zone, Math.floor(ms / WINDOW));
  const first = stretches[0]!;
  return ms < first.until ? first : stretches[1]!;
}

/**
 * The first millisecond of a local day (days since 1970-01-01): the first at which the local clock shows that midnight or
 * later. So a midnight that the clock skips begins at the first instant after the gap, one that it shows twice at the first
 * of them, and a day that the zone left out begins where the next one does.
 */
export function startOfDay(zone: Zone, day: number): number {
  const known = zone.starts.get(day);
  if (known !== undefined) return known;
  const midnight = day * MS_PER_DAY;
  let stretch = stretchAt(zone, midnight - MS_PER_DAY);
  let start = Math.max(stretch.from, midnight - stretch.offset);
  while (start >= stretch.until) {
    stretch = stretchAt(zone, stretch.until);
    start = Math.max(stretch.from, midnight - stretch.offset);
  }
  if (zone.starts.size >= MAX_KEPT) zone.starts.clear();
  zone.starts.set(day, start);
  return start;
}

/** The local day (days since 1970-01-01) that a millisecond belongs to: the one with `startOfDay(day) ≤ ms < startOfDay(day + 1)`. */
export function dayOf(zone: Zone, ms: number): number {
  let day = Math.floor((ms + stretchAt(zone, ms).offset) / MS_PER_DAY);
  // A clock set back across midnight shows the old date again; those minutes stay in the day that had begun.
  while (startOfDay(zone, day + 1) <= ms) day++;
  return day;
}

/** The first millisecond of the local hour that a millisecond belongs to; a change of offset within an hour begins another. */
export function startOfHour(zone: Zone, ms: number): number {
  const { offset, from } = stretchAt(zone, ms);
  const start = Math.floor((ms + offset) / MS_PER_HOUR) * MS_PER_HOUR - offset;
  if (start >= from) return start;
  const earlier = stretchAt(zone, from - 1);
  return earlier.offset === offset ? Math.max(start, earlier.from) : from;
}
