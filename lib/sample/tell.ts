import { type Instant, instant, minutes } from '@/lib/kernel/instant';
import { periodAt } from '@/lib/kernel/period';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import type { Op, Outcome } from '@/lib/spend/decide/ops';
import { ingestUsage } from '@/lib/spend/ingest/ingest';
import { authorizeIn, settleIn } from '@/lib/spend/schema';
import { beatsOf } from './beats';
import { callsOfDay, recordOf, type SampleCall } from './calls';
import type { Cast } from './cast';

const ASKED_TOGETHER = minutes(30);

/**
 * Sends the calls between two moments through the doors that every program uses, with the clock at the time each was made: usage
 * reported by the day, asks decided by the half hour, in the night of the runaway by the minute. Between them stands what people
 * and rules do (`beats.ts`), each at its own time.
 */
export async function tell(cast: Cast, from: Instant, to: Instant): Promise<void> {
  for (let day = from; day < to; day = periodAt('day', cast.calendar, day).endsAt) {
    const until = instant(Math.min(to, periodAt('day', cast.calendar, day).endsAt));
    const calls = callsOfDay(cast.calendar, day, cast.today).filter((call) => call.at >= from && call.at < until);
    const asked = calls.filter((call) => call.asksFirst);
    let told = from;
    for (const beat of beatsOf(cast, day).filter(({ at }) => at >= from && at < until)) {
      await askAll(cast, asked, told, beat.at);
      told = beat.at;
      await beat.run();
    }
    await askAll(cast, asked, told, until);
    const reported = calls.filter((call) => !call.asksFirst).map(recordOf);
    if (reported.length > 0) await ingestUsage(cast.program, reported, 'api', until);
  }
}

/** Asks for the calls of each stretch of time in [from, to) together, at its end, and settles those allowed the moment after. */
async function askAll(cast: Cast, asked: SampleCall[], from: Instant, to: Instant): Promise<void> {
  const calls = asked.filter((call) => call.at >= from && call.at < to);
  const isRunaway = calls.some(({ id }) => id.startsWith('sample-runaway'));
  const stretch = isRunaway ? minutes(1) : ASKED_TOGETHER;
  for (const [place, together] of Map.groupBy(calls, (call) => Math.floor(call.at / stretch)))
    await askSome(cast, together, instant(Math.min((place + 1) * stretch, to)));
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
