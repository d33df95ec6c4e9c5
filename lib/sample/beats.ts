import { type Instant, minutes, plus } from '@/lib/kernel/instant';
import { dayStart, localDay, periodAt } from '@/lib/kernel/period';
import { keepWatch, writeYesterday } from './aftermath';
import { runawayDay } from './calls';
import type { Cast } from './cast';
import { answerInTheNight } from './night';
import { askForTheWhole, findTheCause, resumeAtFirst, signOffDay } from './recover';
import { RUNAWAY, WAY_BACK } from './story';

/** Something that people or rules do in the story, at its own time. */
export type Beat = { at: Instant; run(): Promise<void> };

/** When the entry of the day before is written, and when rules look at the gates, in minutes of the day. */
const WRITTEN_AT = 30;
const WATCHED_AT = [WRITTEN_AT, 630, 1_080];
/** How often the night looks whether a climb is due, and who has seen it. */
const NIGHT = 5;

/** What is done on one local day of the story, in its order. Nothing is left of it once it is told. */
export function beatsOf(cast: Cast, day: Instant): Beat[] {
  const { people, calendar, today } = cast;
  if (people === null) return [];
  const told = { ...cast, people };
  const name = localDay(calendar, day);
  const first = dayStart(calendar, runawayDay(calendar, today));
  const { startsAt } = periodAt('day', calendar, day);
  if (startsAt < first) return [];
  const at = (minute: number): Instant => plus(startsAt, minutes(minute));
  const age = Math.round((startsAt - first) / minutes(1_440));
  const beats: Beat[] = [];
  const beat = (minute: number, run: (now: Instant) => Promise<void>) => beats.push({ at: at(minute), run: () => run(at(minute)) });
  if (age === 0) {
    for (let minute = RUNAWAY.startsAtMinute; minute <= RUNAWAY.startsAtMinute + RUNAWAY.forMinutes; minute += NIGHT)
      beat(minute, (now) => answerInTheNight(told, now));
    beat(WAY_BACK.foundAtMinute, (now) => findTheCause(told, now));
    beat(WAY_BACK.resumedAtMinute, (now) => resumeAtFirst(told, now));
  }
  if (age > 1) beat(WRITTEN_AT, (now) => writeYesterday(told, now));
  if (age > 0) for (const minute of WATCHED_AT) beat(minute, (now) => keepWatch(told, now));
  if (age > 1 && name !== localDay(calendar, today)) beat(WAY_BACK.signedAtMinute, (now) => signOffDay(told, now, age - 2));
  if (age === WAY_BACK.wholeAfterDays) beat(WAY_BACK.signedAtMinute + 45, (now) => askForTheWhole(told, now));
  return beats.sort((a, b) => a.at - b.at);
}
