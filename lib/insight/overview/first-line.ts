import { formatPercent } from '@/lib/kernel/format-money';
import { formatDay, formatDayTime, formatTime, localTime, momentMs } from '@/lib/kernel/format-time';
import { toIso } from '@/lib/kernel/instant';
import type { FreshnessOut } from '../data/freshness';
import type { OverviewBudget, OverviewOut } from './schema';
import type { OpenBreach } from './waiting';

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;

/** A count at the beginning of a sentence, in words up to twelve. */
export const countWord = (count: number): string => NUMBERS[count] ?? String(count);

/** A day to come as people say it: `today`, `tomorrow`, a weekday within six days, then its date. */
export function expectedDay(at: string, now: string, zone: string): string {
  const [day, today] = [formatDay(at, zone, { year: true }), formatDay(now, zone, { year: true })];
  if (day === today) return 'today';
  const tomorrow = formatDay(new Date(momentMs(now) + DAY_MS).toISOString(), zone, { year: true });
  if (day === tomorrow) return 'tomorrow';
  const local = localTime(at, zone);
  return momentMs(at) - momentMs(now) < 6 * DAY_MS ? (WEEKDAYS[local.weekday] ?? day) : formatDay(at, zone);
}

/** A moment that has been: its time alone on the same day. */
export const since = (at: string, now: string, zone: string): string =>
  formatDay(at, zone, { year: true }) === formatDay(now, zone, { year: true }) ? formatTime(at, zone) : formatDayTime(at, zone);

type Standing = Pick<OverviewOut, 'state' | 'firstLine'>;

/**
 * The first line of Overview: will a budget be passed, and what is to be done; at most 16 words with names of one word.
 * @param budgets nearest their stop first · @param breaches those that are open, unanswered first
 */
export function firstLineOf(
  budgets: OverviewBudget[],
  freshness: FreshnessOut,
  now: string,
  zone: string,
  breaches: OpenBreach[] = [],
): Standing {
  const stopped = budgets.filter((each) => each.standing === 'stopped');
  if (freshness.state === 'none' && stopped.length === 0) {
    return { state: 'empty', firstLine: 'Nothing has been counted yet. Send one call and it appears here.' };
  }
  const unanswered = breaches.filter((each) => !each.isAnswered);
  if (unanswered[0]) {
    const { budgetName, openedAt } = unanswered[0];
    const from = since(toIso(openedAt), now, zone);
    const firstLine =
      unanswered.length > 1
        ? `${countWord(unanswered.length)} breaches wait for an answer, ${budgetName} since ${from}. Take them on.`
        : `${budgetName} waits for an answer since ${from}. Take it on.`;
    return { state: 'breached', firstLine };
  }
  const [first] = stopped;
  if (first?.stop) {
    const from = since(first.stop.raisedAt, now, zone);
    if (stopped.length > 1)
      return {
        state: 'breached',
        firstLine: `${countWord(stopped.length)} budgets are stopped, ${first.name} since ${from}. Review them.`,
      };
    return { state: 'breached', firstLine: `${first.name} is stopped since ${from}. Raise its amount, or keep it stopped.` };
  }
  if (freshness.state === 'stale' && freshness.lastEventAt) {
    return {
      state: 'stale',
      firstLine: `Figures stand still since ${since(freshness.lastEventAt, now, zone)}. Find out why nothing arrives.`,
    };
  }
  return { state: 'normal', firstLine: expected(budgets, now, zone) };
}

function expected(budgets: OverviewBudget[], now: string, zone: string): string {
  const due = budgets.filter((each) => each.standing === 'due');
  const [next] = due;
  if (next?.runwayAt) {
    const day = expectedDay(next.runwayAt, now, zone);
    const when = /^to/.test(day) ? day : `about ${day}`;
    const verb = next.mode === 'enforce' ? 'stop' : 'pass its limit';
    if (due.length === 1) return `${next.name} will ${verb} ${when} if nothing changes. Slow it, or raise its amount.`;
    const all = due.length === budgets.length ? 'All' : countWord(due.length);
    return `${all} of ${countWord(budgets.length).toLowerCase()} budgets will pass their limits; ${next.name} first, ${when}.`;
  }
  const wouldHave = budgets.find((each) => each.standing === 'would_stop');
  if (wouldHave) return `${wouldHave.name} has passed its limit and only observes. Enforce it, or raise its amount.`;
  if (budgets.length === 0) return 'There is no budget yet. Make one, so that spend can stop.';
  if (budgets.every((each) => each.standing === 'early')) return 'Too early to say: less than an hour of spend so far.';
  const fullest = budgets.reduce((a, b) => ((b.utilisation ?? 0) > (a.utilisation ?? 0) ? b : a));
  return `No budget will stop before its period ends; ${fullest.name} is furthest, at ${formatPercent(fullest.utilisation, 0)}.`;
}
