import type { Instant } from './instant';
import { type Calendar, type Period, type PeriodKind, periodAt } from './period';

const MS_PER_DAY = 86_400_000;
const MICROS_PER_HOUR = 3_600_000_000;

/** The periods under test, as `periodAt` gives them: a parameter so that a planted fault can be shown to be found. */
export type Periods = (kind: PeriodKind, calendar: Calendar, at: Instant) => Period;

/** What a check of one zone found: how many boundaries were looked at on both sides, and each that is wrong. */
export type Findings = { boundaries: number; faults: string[] };

type Day = { number: number; startsAt: Instant };

const midnights: string[] = [];
/** How the clock shows midnight of a day (days since 1970-01-01). */
const midnightOf = (day: number): string => {
  midnights[day] ??= `${new Date(day * MS_PER_DAY).toISOString().slice(0, 10)} 00:00:00`;
  return midnights[day];
};

/**
 * Walks every period of one zone between two instants and compares each boundary with what `Intl.DateTimeFormat` shows as the
 * local date on both sides of it. Knows nothing of offsets: where a day is not plainly 24 hours from midnight to midnight, it
 * reads the local date at every hour since the day before began, and just before the boundary.
 */
export function checkZone(zone: string, calendars: readonly Calendar[], from: Instant, to: Instant, periods: Periods = periodAt): Findings {
  const findings: Findings = { boundaries: 0, faults: [] };
  const days = checkDays(zone, { zone, weekStart: 1, fiscalYearStart: 1 }, from, to, periods, findings);
  for (const calendar of calendars) {
    for (const kind of ['week', 'month', 'quarter', 'year'] as const) checkKind(kind, calendar, days, periods, findings);
  }
  return findings;
}

function checkDays(zone: string, calendar: Calendar, from: Instant, to: Instant, periods: Periods, findings: Findings): Day[] {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const show = (at: number): string => clock.format(Math.floor(at / 1_000));
  const dayOn = (text: string): number => Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10)) / MS_PER_DAY;
  const fault = (what: string, at: Instant) => findings.faults.push(`${zone}: ${what} at ${show(at)} (${at})`);
  const days: Day[] = [];
  let period = periods('day', calendar, from);
  let before: { number: number; startsAt: Instant; midnight: boolean } | undefined;
  while (period.startsAt < to) {
    const { startsAt, endsAt } = period;
    const text = show(startsAt);
    const number = before && text === midnightOf(before.number + 1) ? before.number + 1 : dayOn(text);
    const midnight = text === midnightOf(number);
    if (before) {
      findings.boundaries++;
      const plain = midnight && before.midnight && number === before.number + 1 && startsAt - before.startsAt === MS_PER_DAY * 1_000;
      if (!plain) {
        if (number <= before.number) fault('a day that is no later than the one before', startsAt);
        for (let at = before.startsAt as number; at < startsAt; at += MICROS_PER_HOUR) {
          if (dayOn(show(at)) > before.number) fault('a day begun too late', startsAt);
        }
        if (dayOn(show(startsAt - 1)) > before.number) fault('a day begun too late', startsAt);
      }
    }
    if (endsAt <= startsAt) return days;
    days.push({ number, startsAt });
    before = { number, startsAt, midnight };
    period = periods('day', calendar, endsAt);
    if (period.startsAt !== endsAt) fault('days that do not touch', endsAt);
    if (period.endsAt <= endsAt) {
      fault('a day that ends before it begins', endsAt);
      return days;
    }
  }
  return days;
}

const months: number[] = [];
/** The month of a day, counted from the year 0. */
const monthOf = (day: number): number => {
  months[day] ??= +midnightOf(day).slice(0, 4) * 12 + +midnightOf(day).slice(5, 7) - 1;
  return months[day];
};

/** Which period of a kind a day counts to, as a plain number that grows with time: read off the date alone. */
function labelOf(kind: PeriodKind, calendar: Calendar, day: number): number {
  if (kind === 'week') return Math.floor((day + 4 - calendar.weekStart) / 7);
  const fiscalMonth = monthOf(day) + 1 - calendar.fiscalYearStart;
  return kind === 'month' ? fiscalMonth : Math.floor(fiscalMonth / (kind === 'quarter' ? 3 : 12));
}

function checkKind(kind: PeriodKind, calendar: Calendar, days: readonly Day[], periods: Periods, findings: Findings): void {
  const starts: Instant[] = [];
  for (let i = 1; i < days.length; i++) {
    const [yesterday, today] = [days[i - 1]!, days[i]!];
    if (labelOf(kind, calendar, yesterday.number) !== labelOf(kind, calendar, today.number)) starts.push(today.startsAt);
  }
  for (let i = 0; i + 1 < starts.length; i++) {
    const [startsAt, endsAt] = [starts[i]!, starts[i + 1]!];
    findings.boundaries++;
    const inside = [startsAt, (startsAt + (endsAt - startsAt) / 2) as Instant, (endsAt - 1) as Instant];
    for (const at of inside) {
      const period = periods(kind, calendar, Math.floor(at) as Instant);
      if (period.startsAt !== startsAt || period.endsAt !== endsAt) {
        findings.faults.push(`${calendar.zone}: the ${kind} of ${at} is ${period.startsAt}–${period.endsAt}, not ${startsAt}–${endsAt}`);
      }
    }
  }
}
