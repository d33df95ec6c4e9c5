import type { z } from 'zod';
import { limit } from '@/lib/budget/figures';
import type { Context } from '@/lib/context';
import type { Instant } from '@/lib/kernel/instant';
import type { Expected, Live } from '../read/live';
import type { dayFactsOut, Percent, Verdict } from '../schema';
import { allowanceOf, type FlowStep, flowsIn } from '../stage/rules';
import { type DayFacts, verdictOf } from './rules';
import { silentIn, silentNow } from './silence';
import { spendIn } from './spend';

/** A local day as it was judged. */
export type Judged = {
  startsAt: Instant;
  endsAt: Instant;
  actual: DayFacts['actual'];
  allowance: DayFacts['allowance'];
  percent: Percent | null;
  verdict: Verdict;
  facts: z.output<typeof dayFactsOut>;
};

/**
 * Judges a local day, or today so far: what was spent against what the steps let through, new stops, what is unpriced, whether every
 * source told of it, and where the period is going.
 * @param steps the plan's, in their order · @param until the day's end, or now · @param expectedThen the forecast of the day's own entry
 */
export async function judgeDay(
  ctx: Context,
  live: Live,
  steps: readonly FlowStep[],
  day: { startsAt: Instant; endsAt: Instant },
  until: Instant,
  expectedThen?: Expected | null,
): Promise<Judged> {
  const flows = flowsIn(steps, day.startsAt, until);
  const spend = await spendIn(ctx, live.budget.id, day.startsAt, until);
  const workload = live.budget.scope.workload ?? null;
  const stale = until < day.endsAt ? await silentNow(ctx, workload) : await silentIn(ctx, workload, day.startsAt, day.endsAt);
  const isNow = live.period.startsAt <= day.startsAt && day.startsAt < live.period.endsAt;
  const expected = expectedThen === undefined ? (isNow ? live.expected : null) : expectedThen;
  const facts: DayFacts = {
    ...{ actual: spend.actual, charged: spend.charged, allowance: allowanceOf(flows), percent: flows.at(-1)?.percent ?? null },
    stopped: flows.reduce((sum, each) => (each.percent === null ? sum + each.to - each.from : sum), 0),
    ...{ length: until - day.startsAt, calls: spend.calls, newStops: spend.newStops, unpriced: spend.unpriced, staleSources: stale },
    ...{ forecastUpper: expected?.upper ?? null, limit: limit(live.period) },
  };
  const { verdict, because } = verdictOf(facts);
  return {
    ...{ startsAt: day.startsAt, endsAt: day.endsAt, actual: facts.actual, allowance: facts.allowance, percent: facts.percent, verdict },
    facts: {
      ...{ calls: spend.calls, refusedCalls: spend.refused, newStops: spend.newStops, unpricedCalls: spend.unpriced, staleSources: stale },
      ...{ stoppedSeconds: Math.round(facts.stopped / 1_000_000), daySeconds: Math.round((day.endsAt - day.startsAt) / 1_000_000) },
      chargedNanoUsd: String(spend.charged),
      isWholeDayAtStep: flows.every((each) => each.percent !== null && each.percent === flows[0]?.percent),
      forecast: expected && {
        ...{ medianNanoUsd: String(expected.median), upperNanoUsd: String(expected.upper), limitNanoUsd: String(facts.limit) },
      },
      because,
    },
  };
}
