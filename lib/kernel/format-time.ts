import { NBSP } from './format-money';
import { type Instant, MICROS_PER_MS, parseInstant } from './instant';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** En dash between word joiners: a range never breaks at a line's end. */
const TO = '\u2060–\u2060';

/** A moment for showing: an Instant, or ISO 8601 with an offset as the API answers. */
export type Moment = Instant | string;

/** Calendar fields of a moment in an IANA zone; `weekday` 0 is Sunday, `month` 1 is January. */
export type LocalTime = { year: number; month: number; day: number; weekday: number; hour: number; minute: number };

/** The moment in whole milliseconds, for axes and for Intl. @throws RangeError when the text is no ISO 8601 with an offset */
export function momentMs(at: Moment): number {
  const micros = typeof at === 'string' ? parseInstant(at) : at;
  if (micros === null) throw new RangeError(`${at} is no moment: ISO 8601 with an offset is needed`);
  return Math.floor(micros / MICROS_PER_MS);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Reads a moment's calendar fields in a zone such as Europe/Berlin. Names are ours, so server and browser agree to the letter. */
export function localTime(at: Moment, zone: string): LocalTime {
  let format = formats.get(zone);
  if (!format) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US', { ...fields, timeZone: zone, hourCycle: 'h23' });
    formats.set(zone, format);
  }
  const found = Object.fromEntries(format.formatToParts(momentMs(at)).map((part) => [part.type, Number(part.value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found;
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(), hour, minute };
}

/** "Sat 28 Nov", with `year` "Sat 28 Nov 2026". */
export function formatDay(at: Moment, zone: string, { year = false } = {}): string {
  const local = localTime(at, zone);
  return [DAYS[local.weekday], local.day, MONTHS[local.month - 1], ...(year ? [local.year] : [])].join(NBSP);
}

/** "Sat 28": where the month is clear from what stands around it. */
export function formatShortDay(at: Moment, zone: string): string {
  const local = localTime(at, zone);
  return `${DAYS[local.weekday]}${NBSP}${local.day}`;
}

/** "Nov 2026". */
export function formatMonth(at: Moment, zone: string): string {
  const local = localTime(at, zone);
  return `${MONTHS[local.month - 1]}${NBSP}${local.year}`;
}

/** "14:05" in the zone. */
export function formatTime(at: Moment, zone: string): string {
  const local = localTime(at, zone);
  return `${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}`;
}

/** "Mon 23 Nov, 14:05"; with `named` the zone is said: "Mon 23 Nov, 14:05 Europe/Berlin". */
export function formatDayTime(at: Moment, zone: string, { named = false, year = false } = {}): string {
  return `${formatDay(at, zone, { year })}, ${formatTime(at, zone)}${named ? ` ${zone}` : ''}`;
}

/** "1–30 Nov", "28 Nov–2 Dec": whole days, `to` is the first moment after the range. */
export function formatDayRange(from: Moment, to: Moment, zone: string): string {
  const [first, last] = [localTime(from, zone), localTime((momentMs(to) * MICROS_PER_MS - 1) as Instant, zone)];
  const end = `${last.day}${NBSP}${MONTHS[last.month - 1]}${first.year === last.year ? '' : `${NBSP}${last.year}`}`;
  if (first.year === last.year && first.month === last.month) return first.day === last.day ? end : `${first.day}${TO}${end}`;
  return `${first.day}${NBSP}${MONTHS[first.month - 1]}${first.year === last.year ? '' : `${NBSP}${first.year}`}${TO}${end}`;
}

/**
 * Days as a range of expectation: "Sat 28 (27–30)". Without bounds, or with both on the same day, only "Sat 28"; with an open end
 * "Sat 28 (from 27)", "Sat 28 or later".
 */
export function formatExpectedDay(at: Moment, zone: string, earliest: Moment | null = null, latest: Moment | null = null): string {
  const short = formatShortDay(at, zone);
  if (earliest === null) return short;
  const from = localTime(earliest, zone);
  if (latest === null) {
    if (formatDay(earliest, zone) === formatDay(at, zone)) return `${short}${NBSP}or${NBSP}later`;
    const month = from.month === localTime(at, zone).month ? '' : `${NBSP}${MONTHS[from.month - 1]}`;
    return `${short}${NBSP}(from${NBSP}${from.day}${month})`;
  }
  const to = localTime(latest, zone);
  if (from.day === to.day && from.month === to.month) return short;
  const month = from.month === to.month ? '' : `${NBSP}${MONTHS[to.month - 1]}`;
  return `${short}${NBSP}(${from.day}${TO}${to.day}${month})`;
}

/** A length in its two largest units: "5 d 5 h", "14 min", "40 s". Negative lengths count as none. */
export function formatLength(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1_000));
  const [d, h, m, s] = [Math.floor(total / 86_400), Math.floor(total / 3_600) % 24, Math.floor(total / 60) % 60, total % 60];
  const both = (large: number, unit: string, less: number, lesser: string) =>
    `${large}${NBSP}${unit}${less > 0 ? `${NBSP}${less}${NBSP}${lesser}` : ''}`;
  if (d > 0) return both(d, 'd', h, 'h');
  if (h > 0) return both(h, 'h', m, 'min');
  return m > 0 ? `${m}${NBSP}min` : `${s}${NBSP}s`;
}

/** "40 s ago"; "now" under two seconds. */
export function formatAge(at: Moment, now: Moment): string {
  const ms = momentMs(now) - momentMs(at);
  return ms < 2_000 ? 'now' : `${formatLength(ms)}${NBSP}ago`;
}
