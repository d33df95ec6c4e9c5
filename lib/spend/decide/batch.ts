import { type Meter, writeMeters } from '@/lib/budget/meter';
import { budgetSet, type Heads } from '@/lib/budget/set';
import type { RateState } from '@/lib/containment/rate/rules';
import { containmentSet, containmentVersion } from '@/lib/containment/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { bookOf } from '@/lib/price/book';
import { applyChanges, changesOf } from '@/lib/spend/charge';
import { featuresOffFor } from '@/lib/spend/contain/contain';
import { routesOf, savingsOf } from '@/lib/spend/contain/savings';
import { type Contained, noteHold, noteRefusal, writeContained } from '@/lib/spend/contain/write';
import { crossLevels } from '@/lib/spend/cross';
import { endAll } from '@/lib/spend/hold/end-all';
import { type Exposure, expose, lockExposures, writeExposures } from '@/lib/spend/hold/exposure';
import { forgetHolds, rememberHolds } from '@/lib/spend/hold/remembered';
import { type Hold, insertHolds, readHolds } from '@/lib/spend/hold/rows';
import { writeEnded } from '@/lib/spend/hold/write-ended';
import type { Allow, Deny } from '@/lib/spend/schema';
import { allowOf } from './answers';
import { decide } from './authorize';
import { gather, type Prepared } from './gather';
import type { Op, Outcome } from './ops';
import { addRefusals, type Refusal } from './refusals';

/** Something is otherwise than a batch took it for: roll back, and run it again by what the rows say. */
export class NotAsRemembered extends Error {
  override name = 'NotAsRemembered';
  /** As Postgres calls what goes away by trying again. */
  readonly code = '40001';
}

/**
 * What a batch came to: `write` sends its last statements, all before it waits for an answer, so that COMMIT can be sent behind
 * them; `committed` is to be called once that has been answered.
 */
export type Decided = { outcomes: Outcome[]; write: () => Promise<unknown>[]; committed: () => void };

/**
 * Decides a batch of ops of one organisation in one transaction (group commit), as if they had come one after the other: ends of
 * holds first, then asks in their order. Lock order: budget set (shared, by the caller) → holds → key exposures → ledger and
 * rollups → rate limits → period rows → new holds → commit. Every outcome is durable when the caller's commit returns, and none before.
 *
 * The first run goes by what is the rule: idempotency keys are new, keys are live, and holds that this process gave are still open.
 * It so asks nothing before it writes, and the statements that write tell whether it was right. A retry reads and locks first.
 * @throws NotAsRemembered, PeriodGone: roll back and run again
 */
export async function runBatch(ctx: Context, ops: Op[], heads: Heads | undefined, isRetry: boolean): Promise<Decided> {
  const outcomes: Outcome[] = new Array(ops.length);
  const set = await budgetSet(ctx.tx, ctx.orgId, heads);
  const book = await bookOf(ctx.tx, ctx.orgId, set.priceVersion);
  const containment = await containmentSet(
    ctx.tx,
    ctx.orgId,
    heads?.containment ?? (await containmentVersion(ctx.tx, ctx.orgId)),
    book,
    ctx.now,
  );
  const gathered = await gather(ctx, { set, book, containment }, ops, isRetry);
  const { holds, asked, known, prepared, keyIds } = gathered;
  const locked = isRetry ? await lockExposures(ctx, keyIds) : null;
  const ended = await endAll(ctx, book, ops, holds, (keyId) => locked === null || isLive(locked, keyId), outcomes);
  const { endings } = ended;
  const saved = containment.hasRouted ? await savingsOf(ctx, endings) : [];
  const changes = changesOf(endings);
  const periodIds = [
    ...changes.map((each) => each.periodId),
    ...[...known.values()].flatMap((hold) => hold.periodIds),
    ...prepared.flatMap(({ ask }) => ask.spans.map((span) => span.id)),
  ];
  const limits = prepared.flatMap(({ ask }) => ask.contained.limits);
  const toLock = { keyIds, exposures: locked, limits, periodIds };
  const { exposures, rates, meters, isWhole } = await writeEnded(ctx, gathered.making, set, ended, toLock, gathered.isRemembered);
  if (!isWhole) throw new NotAsRemembered('a hold has ended elsewhere');
  if (!locked && ops.some((op) => op.kind !== 'authorize' && !isLive(exposures, op.keyId))) throw new NotAsRemembered('a key is not live');
  await applyChanges(ctx, meters, changes);
  for (const { hold } of endings) if (hold.state === 'open') expose(exposures.get(hold.apiKeyId), -hold.held, hold.observedIds.length > 0);
  const states = new Map(endings.map((each) => [each.hold.id, each.end.state]));
  const routes = containment.hasRouted ? await routesOf(ctx, [...known.keys()]) : null;
  for (const each of asked) {
    const hold = known.get(each.holdId);
    if (!hold) continue;
    const said = { routedBy: routes?.get(hold.id)?.actionId ?? null, featuresOff: featuresOffFor(ctx, containment, hold) };
    // What this batch has ended is ended for its asks.
    outcomes[each.i] = replay({ ...hold, state: states.get(hold.id) ?? hold.state }, each.requestHash, meters, said);
  }
  const contained: Contained = { rates, limited: [], refused: [], rerouted: [], saved, allowed: [] };
  const mayReturn = ctx.now < containment.refusedUntil;
  const { holds: given, refusals } = await decideAll(ctx, prepared, { meters, exposures, rates }, contained, mayReturn, outcomes, isRetry);
  await crossLevels(ctx, meters.values());
  return {
    outcomes,
    write: () => [
      insertHolds(ctx, given),
      addRefusals(ctx, refusals),
      ...writeContained(ctx, contained),
      writeExposures(ctx, exposures),
      writeMeters(ctx, meters.values()),
    ],
    committed: () => {
      gathered.pricesWritten();
      forgetHolds(states.keys());
      rememberHolds(set, given);
    },
  };
}

const isLive = (exposures: Map<string, Exposure>, keyId: string): boolean => exposures.get(keyId)?.live ?? false;

/** Only an allow is remembered: the same ask gets the same hold, another ask under its key is told so. */
function replay(hold: Hold, requestHash: string, meters: Map<string, Meter>, said: Pick<Allow, 'routedBy' | 'featuresOff'>): Outcome {
  if (hold.requestHash !== requestHash) {
    return { fault: new Fault('idempotency.mismatch', 'This idempotencyKey was used for another call. Use a new key for each call.') };
  }
  if (hold.state !== 'open') {
    return { fault: new Fault('hold.not_open', `The hold of this idempotencyKey is ${hold.state}. Use a new key for a new call.`) };
  }
  return {
    answer: allowOf(
      hold,
      hold.periodIds.flatMap((id) => meters.get(id) ?? []),
      said,
    ),
  };
}

type Locked = { meters: Map<string, Meter>; exposures: Map<string, Exposure>; rates: Map<string, RateState> };

async function decideAll(
  ctx: Context,
  prepared: Prepared[],
  { meters, exposures, rates }: Locked,
  contained: Contained,
  mayReturn: boolean,
  outcomes: Outcome[],
  isRetry: boolean,
): Promise<{ holds: Hold[]; refusals: Refusal[] }> {
  const holds = new Map<string, Hold>();
  const refused: string[] = [];
  const refusals: Refusal[] = [];
  for (const { i, op, ask, requestHash, holdId } of prepared) {
    const exposure = exposures.get(op.keyId);
    const same = holds.get(holdId);
    if (!exposure?.live) outcomes[i] = { fault: new Fault('key.not_live', 'This API key has been revoked or has expired.') };
    else if (same) {
      const { route, featuresOff } = ask.contained;
      outcomes[i] = replay(same, requestHash, meters, { routedBy: route?.actionId ?? null, featuresOff });
    } else {
      const decided = await decide(ctx, ask, meters, exposure, rates);
      if (decided.hold) {
        holds.set(holdId, decided.hold);
        noteHold(contained, ask, decided.hold, mayReturn);
      } else refused.push(holdId);
      if (decided.refusedBy !== null) noteRefusal(contained, ask, decided.refusedBy);
      refusals.push(...decided.refusals);
      outcomes[i] = { answer: decided.answer };
    }
  }
  // A refused ask finds nothing out by inserting: the hold of its key may be the very reason why no room is left.
  if (!isRetry && (await readHolds(ctx.tx, ctx.orgId, refused)).size > 0)
    throw new NotAsRemembered('an idempotency key has been used before');
  return { holds: [...holds.values()], refusals };
}

/** Whether an answer may be different in a moment, so that a caller who allows it can be kept waiting. */
export const isWorthWaiting = (outcome: Outcome): outcome is { answer: Deny } =>
  'answer' in outcome && 'decision' in outcome.answer && outcome.answer.decision === 'deny' && outcome.answer.retryAfterMs !== null;
