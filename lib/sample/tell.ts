import type { Caller } from '@/lib/context';
import { transaction } from '@/lib/db';
import { type Instant, instant, minutes, plus } from '@/lib/kernel/instant';
import { type Calendar, dayStart, localDay, periodAt } from '@/lib/kernel/period';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { Op, Outcome } from '@/lib/spend/decide/ops';
import { ingestUsage } from '@/lib/spend/ingest/ingest';
import { changeBudget } from '@/lib/spend/limit/change-budget';
import { authorizeIn, settleIn } from '@/lib/spend/schema';
import { liftStop } from '@/lib/stop/lift';
import { callsOfDay, recordOf, runawayDay, type SampleCall } from './calls';
import { RUNAWAY } from './story';

/** Who acts in the sample: the program that calls, and the person who owns the budget that ran out. */
export type Cast = { program: Caller; owner: Caller; calendar: Calendar; today: Instant };

const ASKED_TOGETHER_MS = 15;

/**
 * Sends the calls between two moments through the doors that every program uses, with the clock at the time each was made: usage
 * reported by the day, asks decided by the quarter hour. The owner raises the amount and lifts the stop on the runaway's morning.
 */
export async function tell(cast: Cast, from: Instant, to: Instant): Promise<void> {
  for (let day = from; day < to; day = periodAt('day', cast.calendar, day).endsAt) {
    const until = instant(Math.min(to, periodAt('day', cast.calendar, day).endsAt));
    const calls = callsOfDay(cast.calendar, day, cast.today).filter((call) => call.at >= from && call.at < until);
    const morning = morningAfter(cast, day);
    const asked = calls.filter((call) => call.asksFirst);
    if (morning !== null && morning >= from && morning < until) {
      await askAll(
        cast,
        asked.filter((call) => call.at < morning),
      );
      await resume(cast, morning);
      await askAll(
        cast,
        asked.filter((call) => call.at >= morning),
      );
    } else await askAll(cast, asked);
    const reported = calls.filter((call) => !call.asksFirst).map(recordOf);
    if (reported.length > 0) await ingestUsage(cast.program, reported, 'api', until);
  }
}

/** When the owner acts on the runaway, if that is on this day. */
function morningAfter({ calendar, today }: Cast, day: Instant): Instant | null {
  const name = localDay(calendar, day);
  return name === runawayDay(calendar, today) ? plus(dayStart(calendar, name), minutes(RUNAWAY.raisedAtMinute)) : null;
}

/** Asks for the calls of each quarter hour together and settles those allowed, the moment after. */
async function askAll(cast: Cast, calls: SampleCall[]): Promise<void> {
  const quarters = Map.groupBy(calls, (call) => Math.floor(call.at / minutes(ASKED_TOGETHER_MS)));
  for (const [quarter, together] of quarters) {
    const at = instant((quarter + 1) * minutes(ASKED_TOGETHER_MS));
    // In the runaway many calls are under way at once; a minute's worth is as many as a key may hold open.
    for (let i = 0; i < together.length; i += RUNAWAY.callsPerMinute)
      await askSome(cast, together.slice(i, i + RUNAWAY.callsPerMinute), at);
  }
}

async function askSome({ program }: Cast, calls: SampleCall[], at: Instant): Promise<void> {
  const by = { keyId: program.actor.id, pins: { tags: {} } };
  const asked = await decideTogether(
    program.orgId,
    calls.map((call): Op => ({ kind: 'authorize', ...by, request: askOf(call) })),
    at,
  );
  const settles = calls.flatMap((call, i): Op[] => {
    const holdId = holdOf(asked[i]);
    return holdId === null
      ? []
      : [{ kind: 'settle', ...by, request: settleIn.parse({ holdId, units: call.units, eventId: call.id, latencyMs: call.latencyMs }) }];
  });
  if (settles.length > 0) await decideTogether(program.orgId, settles, at);
}

const askOf = (call: SampleCall) =>
  authorizeIn.parse({
    ...{ workload: call.workload, feature: call.feature, customer: call.customer, provider: call.provider, model: call.model },
    maxUnits: { input: call.units.input + call.units.input_cache_read, output: Math.ceil(call.units.output * 1.5) },
    idempotencyKey: call.id,
  });

const holdOf = (outcome: Outcome | undefined): string | null =>
  outcome && 'answer' in outcome && 'decision' in outcome.answer && outcome.answer.decision === 'allow' ? outcome.answer.holdId : null;

/** The owner raises the month's amount and lifts the stop, saying why. */
async function resume({ owner }: Cast, now: Instant): Promise<void> {
  await transaction(async (tx) => {
    const ctx = { ...owner, now, tx };
    const [stopped] = await tx.query<{ stop: string; budget: string }>(
      `SELECT s.id AS stop, b.id AS budget FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id
        WHERE s.org_id = $1 AND b.workload = $2 AND s.lifted_at IS NULL AND NOT s.observed`,
      [owner.orgId, RUNAWAY.workload],
    );
    if (!stopped) return;
    await changeBudget(ctx, { id: stopped.budget, ifMatch: null, change: { amount: RUNAWAY.raisedTo, from: 'now', confirm: false } });
    await liftStop(ctx, { stopId: stopped.stop, why: RUNAWAY.why });
  });
}
