/** A moment: whole microseconds since 1970-01-01T00:00Z, as Postgres keeps it. A safe integer until the year 2255. */
export type Instant = number & { readonly unit: 'Instant' };

/** A length of time in microseconds. */
export type Micros = number & { readonly unit: 'Micros' };

export const MICROS_PER_MS = 1_000;

export const instant = (micros: number): Instant => micros as Instant;
export const seconds = (count: number): Micros => Math.round(count * 1_000_000) as Micros;
export const minutes = (count: number): Micros => seconds(count * 60);
export const hours = (count: number): Micros => seconds(count * 3_600);
export const days = (count: number): Micros => seconds(count * 86_400);

export const plus = (at: Instant, length: Micros): Instant => (at + length) as Instant;
export const minus = (at: Instant, length: Micros): Instant => (at - length) as Instant;
export const since = (from: Instant, to: Instant): Micros => (to - from) as Micros;

export const fromDate = (date: Date): Instant => (date.getTime() * MICROS_PER_MS) as Instant;
/** The same moment as a Date, cut to milliseconds (for calendars and for showing, not for keeping). */
export const toDate = (at: Instant): Date => new Date(Math.floor(at / MICROS_PER_MS));

const FORM = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?\s?(Z|[+-]\d{2}(?::?\d{2})?)$/;

/** Reads ISO 8601 with an offset; digits past the microsecond are cut. Null when it is not one (no offset, no such date). */
export function parseInstant(text: string): Instant | null {
  const match = FORM.exec(text);
  if (!match) return null;
  const [, date, time, fraction = '', zone] = match as unknown as [string, string, string, string | undefined, string];
  const offset = zone === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${offset}`);
  if (Number.isNaN(ms) || Number(date.slice(8)) > new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate())
    return null;
  return (ms * MICROS_PER_MS + Number(fraction.slice(0, 6).padEnd(6, '0'))) as Instant;
}

/** More different moments than a batch of usage has. */
const MOST_KEPT = 8_192;
const written = new Map<Instant, string>();

/**
 * ISO 8601 in UTC with as many decimals as are needed (0, 3 or 6): what goes to Postgres and out in answers. What was written lately
 * is remembered: a batch writes the same moments again in every statement.
 */
export function toIso(at: Instant): string {
  let iso = written.get(at);
  if (iso === undefined) {
    if (written.size >= MOST_KEPT) written.clear();
    iso = isoOf(at);
    written.set(at, iso);
  }
  return iso;
}

function isoOf(at: Instant): string {
  const micros = ((at % 1_000_000) + 1_000_000) % 1_000_000;
  const whole = new Date((at - micros) / MICROS_PER_MS).toISOString().slice(0, 19);
  if (micros === 0) return `${whole}Z`;
  const digits = String(micros).padStart(6, '0');
  return `${whole}.${digits.endsWith('000') ? digits.slice(0, 3) : digits}Z`;
}
