import { createHash } from 'node:crypto';
import { type Instant, instant, minutes, plus, toIso } from '@/lib/kernel/instant';
import { type Calendar, dayStart, localDay, periodAt } from '@/lib/kernel/period';
import { CUSTOMERS, RUNAWAY, type SampleWorkload, WORKLOADS } from './story';

/** A call of the sample: what a program would report of it, and how long after its ask it ended. */
export type SampleCall = {
  id: string;
  at: Instant;
  workload: string;
  feature: string;
  provider: string;
  model: string;
  units: { input: number; input_cache_read: number; output: number };
  customer: string;
  latencyMs: number;
  asksFirst: boolean;
  /** What came of it, where the workload tells. */
  told: { outcome: 'success' | 'failure'; converted: boolean } | null;
};

/** Random numbers from 0 to 1 that are the same for the same words: the sample is the same story each time it is told. */
function dice(words: string): () => number {
  let state = createHash('sha256').update(words).digest().readUInt32BE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const MINUTES_A_DAY = 1_440;

/** More calls in working hours than at night: the share of a day's calls by the hour, as cumulative shares. */
const BY_HOUR = [1, 1, 1, 1, 1, 1, 2, 4, 8, 11, 11, 10, 7, 9, 11, 10, 9, 7, 4, 3, 2, 2, 1, 1];
const WHOLE_DAY = BY_HOUR.reduce((sum, each) => sum + each, 0);

function minuteOfDay(roll: number, within: number): number {
  let left = roll * WHOLE_DAY;
  const hour = BY_HOUR.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return Math.max(0, hour) * 60 + within * 60;
}

/** Spread around 1 with a long tail, as token counts are: most between a half and a double. */
const spread = (roll: () => number): number => Math.exp((roll() + roll() + roll() - 1.5) * 1.3);

function callOf(workload: SampleWorkload, id: string, at: Instant, roll: () => number, asksFirst: boolean): SampleCall {
  let left = roll();
  const kind =
    workload.kinds.find((each) => {
      left -= each.share;
      return left < 0;
    }) ?? (workload.kinds[0] as SampleWorkload['kinds'][number]);
  const input = Math.round(kind.input * spread(roll));
  const cached = Math.round(input * kind.cached * (0.6 + roll() * 0.8));
  const output = Math.round(kind.output * spread(roll));
  const customer = workload.adopted ? (CUSTOMERS[Math.floor(roll() ** 1.7 * CUSTOMERS.length)] as string) : '';
  return {
    ...{ id, at, workload: workload.slug, feature: kind.feature, provider: kind.provider, model: kind.model, customer, asksFirst },
    units: { input: input - cached, input_cache_read: cached, output },
    latencyMs: Math.round(300 + output * (6 + roll() * 6)),
    told: toldOf(workload, id),
  };
}

/** By dice of their own, so that what is told of a call changes nothing else of it. */
function toldOf({ tells }: SampleWorkload, id: string): SampleCall['told'] {
  if (!tells) return null;
  const roll = dice(`told ${id}`);
  const isGood = roll() < tells.success;
  return { outcome: isGood ? 'success' : 'failure', converted: isGood && roll() < tells.converts };
}

/** The calls of one local day. @param today the day the story is told, by which ages and growth are counted */
export function callsOfDay(calendar: Calendar, day: Instant, today: Instant): SampleCall[] {
  const { startsAt, endsAt } = periodAt('day', calendar, day);
  const name = localDay(calendar, startsAt);
  const age = Math.round((periodAt('day', calendar, today).startsAt - startsAt) / minutes(MINUTES_A_DAY));
  const weekday = new Date(`${name}T00:00:00Z`).getUTCDay();
  const calls = WORKLOADS.filter((each) => age < each.since).flatMap((workload) => {
    const roll = dice(`${workload.slug} ${name}`);
    const { callsPerDay, weeklyGrowth, weekend } = workload.rhythm;
    const onDay = weekday === 0 || weekday === 6 ? weekend : 0.88 + roll() * 0.24;
    const count = Math.round(callsPerDay * weeklyGrowth ** (-age / 7) * onDay);
    return Array.from({ length: count }, (_, i) => {
      const at = plus(startsAt, minutes(minuteOfDay(roll(), roll())));
      return callOf(
        workload,
        `sample-${workload.slug}-${name}-${i}`,
        instant(Math.min(at, endsAt - 1)),
        roll,
        age < workload.asksFirstDays,
      );
    });
  });
  if (name === runawayDay(calendar, today)) calls.push(...runawayCalls(calendar, name));
  return calls.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** The local day of the runaway: the last Tuesday that was at least five days before the day the story is told. */
export function runawayDay(calendar: Calendar, today: Instant): string {
  for (let age = 5; ; age++) {
    const day = localDay(calendar, instant(today - minutes(age * MINUTES_A_DAY)));
    if (new Date(`${day}T00:00:00Z`).getUTCDay() === 2) return day;
  }
}

/** The loop's calls, a few every minute: each asks first, so that they end where the money does. */
function runawayCalls(calendar: Calendar, day: string): SampleCall[] {
  const runaway = WORKLOADS.find((each) => each.slug === RUNAWAY.workload) as SampleWorkload;
  // It reviews; triage goes on as ever.
  const workload = { ...runaway, kinds: runaway.kinds.slice(0, 1) };
  const roll = dice(`runaway ${day}`);
  const begins = plus(dayStart(calendar, day), minutes(RUNAWAY.startsAtMinute));
  return Array.from({ length: RUNAWAY.forMinutes * RUNAWAY.callsPerMinute }, (_, i) => {
    const at = instant(begins + Math.floor((i / RUNAWAY.callsPerMinute) * minutes(1)));
    return callOf(workload, `sample-runaway-${day}-${i}`, at, roll, true);
  });
}

/** A call as `POST /api/v1/usage` takes it. */
export const recordOf = (call: SampleCall): Record<string, unknown> => ({
  ...{ eventId: call.id, occurredAt: toIso(call.at), workload: call.workload, provider: call.provider, model: call.model },
  ...(call.feature === '' ? {} : { feature: call.feature }),
  ...(call.customer === '' ? {} : { customer: call.customer }),
  ...{ units: call.units, latencyMs: call.latencyMs, responseId: `resp-${call.id}` },
  ...(call.told ?? {}),
});
