import type { Context } from '@/lib/context';
import { sinceFirst, withoutGaps } from '@/lib/forecast/gaps';
import type { Days } from '@/lib/forecast/models';
import { type Ground, type Outlook, outlookOf } from '@/lib/forecast/outlook';
import type { CalendarHistory } from '@/lib/kernel/calendar-history';
import { days, type Instant, instant, minus } from '@/lib/kernel/instant';
import { dayStart, localDay, type Period, periodAt } from '@/lib/kernel/period';
import { bucketEnds, isAligned } from '../burn-up/buckets';
import { charged, type Figures, limit } from '../figures';
import type { BudgetView } from '../read/view';
import { type Daily, dailyCharged, isExact } from './daily';
import { type Gap, silenceOf, sourcesOf, type Told, toldOf, toldOn } from './silence';

/** How many local days before now a forecast and the errors of past ones are learned from: 18 weeks. */
const LEARNED_FROM = 126;

/** A budget with the period that is forecast. */
export type Subject = { budget: BudgetView; period: Figures & Period };

/** A forecast, with the stretches of its period that no source has told of; the last may reach now. */
export type BudgetOutlook = Outlook & { gaps: Gap[] };

/** What was read for the forecasts of some budgets at once. */
type Facts = { calendar: CalendarHistory; since: Instant | null; now: Instant; daily: Map<string, Daily>; told: Told };

/**
 * Where the spend of each budget's period is going, in their order: the one forecast behind every runway, picture and tile.
 * @param since when the organisation's data begins
 */
export async function outlooksOf(
  ctx: Context,
  subjects: readonly Subject[],
  calendar: CalendarHistory,
  since: Instant | null,
): Promise<BudgetOutlook[]> {
  if (subjects.length === 0) return [];
  const checked = subjects.filter(({ budget }) => !isExact(budget)).map(({ period }) => period.startsAt);
  const among = daysBetween(calendar, Math.min(minus(ctx.now, days(LEARNED_FROM)), ...checked) as Instant, ctx.now);
  const [daily, told] = [
    await dailyCharged(
      ctx,
      subjects.map((each) => each.budget),
      among,
    ),
    await toldOf(ctx, among),
  ];
  const facts = { calendar, since, now: ctx.now, daily, told };
  return subjects.map((subject) => {
    const silent = silenceOf(subject.budget, told, calendar, subject.period, ctx.now);
    const { ground, missing } = groundOf(subject, facts, silent);
    const gaps = gapsIn(missing, subject.period, calendar, [...sourcesOf(subject.budget, told.days)].join(', '));
    return { ...outlookOf(ground), gaps: silent ? [...gaps, silent] : gaps };
  });
}

/** Local days from one instant's to another's, without a break. */
function daysBetween(calendar: CalendarHistory, from: Instant, to: Instant): string[] {
  const found: string[] = [];
  for (let day = localDay(calendar, from), last = localDay(calendar, to); day <= last; day = dayAfter(day)) found.push(day);
  return found;
}
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function groundOf({ budget, period }: Subject, { calendar, since, now, daily, told }: Facts, silent: Gap | null) {
  const span = { startsAt: period.startsAt, endsAt: period.endsAt };
  const until = Math.max(span.startsAt, silent?.startsAt ?? now) as Instant;
  const spent = daily.get(budget.id);
  const kept = spent && isTrue(budget, period, spent, calendar) ? spent : null;
  const among = daysBetween(calendar, minus(until, days(LEARNED_FROM)), until).slice(0, -1);
  const first = kept === null ? -1 : among.findIndex((day) => (kept.get(day) ?? 0n) !== 0n);
  const known = first < 0 ? [] : among.slice(first);
  const history = kept && historyOf(budget, kept, told, known);
  const ground: Ground = {
    ...{ charged: charged(period), limit: limit(period), span, now, until },
    // Spend that began after the organisation's data did has a rate from its own first day on.
    since: since === null || !known[0] ? since : (Math.max(since, dayStart(calendar, known[0])) as Instant),
    history: history && sinceFirst(history),
    ahead: until < span.endsAt ? aheadOf(calendar, { startsAt: until, endsAt: span.endsAt }) : [],
  };
  return { ground, missing: known.filter((_, at) => history?.[at] === null) };
}

/** Whether the rollups come to the period's own figure, where the scope alone does not make sure of it. */
function isTrue(budget: BudgetView, period: Figures & Period, spent: Daily, calendar: CalendarHistory): boolean {
  if (isExact(budget)) return true;
  if (!isAligned(calendar, 'day', period)) return false;
  const [from, to] = [localDay(calendar, period.startsAt), localDay(calendar, instant(period.endsAt - 1))];
  let sum = 0n;
  for (const [day, nano] of spent) if (day >= from && day <= to) sum += nano;
  return sum === charged(period);
}

/** What was charged on successive whole days; unknown where nobody told of them. */
const historyOf = (budget: BudgetView, spent: Daily, told: Told, known: string[]): Days =>
  withoutGaps(
    known.map((day) => Number(spent.get(day) ?? 0n)),
    toldOn(budget, told, known),
  );

/** Successive missing days of a period as stretches. */
function gapsIn(missing: string[], span: Period, calendar: CalendarHistory, source: string): Gap[] {
  const found: Gap[] = [];
  for (const day of missing) {
    const { startsAt, endsAt } = periodAt('day', calendar, dayStart(calendar, day));
    if (startsAt < span.startsAt || endsAt > span.endsAt) continue;
    const last = found.at(-1);
    if (last?.endsAt === startsAt) found[found.length - 1] = { ...last, endsAt };
    else found.push({ startsAt, endsAt, source });
  }
  return found;
}

/** The local days of a span, each with the share of it that the span has: today's rest, and of a last day that ends early its part. */
function aheadOf(calendar: CalendarHistory, span: Period): Ground['ahead'] {
  let from = span.startsAt;
  return bucketEnds(calendar, 'day', span).map((endsAt) => {
    const day = periodAt('day', calendar, from);
    const share = (endsAt - from) / (day.endsAt - day.startsAt);
    from = endsAt;
    return { endsAt, share };
  });
}
