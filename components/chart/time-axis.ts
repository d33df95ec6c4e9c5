import { formatDay, formatMonth, formatShortDay, formatTime, localTime } from '@/lib/kernel/format-time';
import { type Instant, MICROS_PER_MS } from '@/lib/kernel/instant';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const moment = (at: number) => (at * MICROS_PER_MS) as Instant;

/** The next local midnight after a moment, in ms. Days of 23 and 25 hours are what they are. */
export function nextMidnight(after: number, zone: string): number {
  const here = localTime(moment(after), zone);
  const guess = after - (after % 60_000) + DAY - (here.hour * 60 + here.minute) * 60_000;
  const { hour, minute } = localTime(moment(guess), zone);
  const off = hour < 12 ? hour * 60 + minute : hour * 60 + minute - 1_440;
  return guess - off * 60_000;
}

/** Every local midnight from `from` on and before `to`; `from` counts when it is one. */
export function midnights(from: number, to: number, zone: string): number[] {
  const found: number[] = [];
  for (let at = nextMidnight(from - 1, zone); at < to; at = nextMidnight(at, zone)) found.push(at);
  return found;
}

export type TimeTick = { ms: number; label: string };
export type TimeTicks = { major: TimeTick[]; minor: number[] };

/**
 * Ticks of a time axis in the organisation's zone: hours for a day, days for weeks, Mondays for a month, first days of months beyond.
 * @param room px of the axis; labels never come closer than 64 px, and keep 56 px from every position in `taken` (ms).
 */
export function timeTicks(from: number, to: number, zone: string, room: number, taken: number[] = []): TimeTicks {
  const length = to - from;
  const days = midnights(from, to, zone);
  const hourly = length <= 2 * DAY;
  const monthly = length > 70 * DAY;
  const hours = Array.from({ length: Math.floor(length / HOUR) + 1 }, (_, index) => from + index * HOUR);
  const starts = hourly ? hours.filter((at) => localTime(moment(at), zone).hour % 6 === 0) : days;
  const weighty = starts.filter((at) => {
    const local = localTime(moment(at), zone);
    return hourly || (monthly ? local.day === 1 : length <= 16 * DAY || local.weekday === 1);
  });
  const label = (at: number) =>
    hourly ? formatTime(moment(at), zone) : monthly ? formatMonth(moment(at), zone) : formatShortDay(moment(at), zone);
  const px = (at: number) => ((at - from) / length) * room;
  const major: TimeTick[] = [{ ms: from, label: hourly ? formatTime(moment(from), zone) : formatDay(moment(from), zone) }];
  for (const at of weighty) {
    const last = major.at(-1);
    const free = taken.every((other) => Math.abs(px(at) - px(other)) >= 56);
    if (last && px(at) - px(last.ms) >= (major.length === 1 ? 92 : 64) && free && room - px(at) > 24)
      major.push({ ms: at, label: label(at) });
  }
  return { major, minor: hourly ? hours : monthly ? weighty : days };
}
