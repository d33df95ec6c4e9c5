import { type Meter, writeMeters } from '@/lib/budget/meter';
import { budgetSet, type Heads } from '@/lib/budget/set';
import { lockRates } from '@/lib/containment/rate/rows';
import type { RateState } from '@/lib/containment/rate/rules';
import { containmentSet, containmentVersion } from '@/lib/containment/set';
import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { writeEntries } from '@/lib/ledger/write-entries';
import { bookOf } from '@/lib/price/book';
import { applyChanges, changesOf, lockPeriods } from '@/lib/spend/charge';
import { featuresOffFor } from '@/lib/spend/contain/contain';
import { routesOf, savingsOf } from '@/lib/spend/contain/savings';
import { type Contained, noteHold, noteRefusal, writeContained } from '@/lib/spend/contain/write';
import { crossLevels } from '@/lib/spend/cross';
import { endAll } from '@/lib/spend/hold/end-all';
import { type Exposure, expose, lockExposures, writeExposures } from '@/lib/spend/hold/exposure';
import { endHolds, type Hold, insertHolds, readHolds } from '@/lib/spend/hold/rows';
import type { Allow, Deny } from '@/lib/spend/schema';
import { allowOf } from './answers';
import { decide } from './authorize';
import { gather, type Prepared } from './gather';
import type { Op, Outcome } from './ops';
import { addRefusals, type Refusal } from './refusals';

/** An idempotency key of the batch has been used before: roll back, and run again looking the keys up. */
export class KeyUsed extends Error {
  override name = 'KeyUsed';
  /** As Postgres calls what goes away by trying again. */
  readonly code = '40001';
}

/** What a batch came to, and what to do once it has been committed. */
export type Decided = { outcomes: Outcome[]; committed: () => void };

/**
 * Decides a batch of ops of one organisation in one transaction (group commit), as if they had come one after the other: ends of
 * holds first, then asks in their order. Lock order: budget set (shared, by the caller) → holds → key exposures → ledger and
 * rollups → rate limits → period rows → new holds → commit. Every outcome is durable when the caller's commit returns, and none before.
 * @param isRetry look up the asks' idempotency keys first: a new key is the rule, so the first run finds out by inserting
 * @throws KeyUsed, PeriodGone: roll back and run again
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
  const { holds, asked, known, prepared, committed } = await gather(ctx, { set, book, containment }, ops, isRetry);
  const exposures = await lockExposures(ctx, [...ops.map((op) => op.keyId), ...[...holds.values()].map((hold) => hold.apiKeyId)]);
  const endings = await endAll(ctx, book, ops, holds, exposures, outcomes);
  const saved = containment.hasRouted ? await savingsOf(ctx, endings) : [];
  await together([
    endHolds(
      ctx,
      endings.map((each) => each.end),
    ),
    writeEntries(
      ctx.tx,
      set,
      endings.flatMap((each) => each.entries),
    ),
  ]);
  const ended = new Map(endings.map((each) => [each.hold.id, each.end.state]));
  const changes = changesOf(endings);
  const met = [...changes.map((each) => each.periodId), ...[...known.values()].flatMap((hold) => hold.periodIds)];
  const spans = prepared.flatMap(({ ask }) => ask.spans.map((span) => span.id));
  const limits = prepared.flatMap(({ ask }) => ask.contained.limits);
  const [rates, meters] = await together([lockRates(ctx, limits), lockPeriods(ctx, [...met, ...spans])]);
  await applyChanges(ctx, meters, changes);
  for (const { hold } of endings) if (hold.state === 'open') expose(exposures.get(hold.apiKeyId), -hold.held, hold.observedIds.length > 0);
  const routes = containment.hasRouted ? await routesOf(ctx, [...known.keys()]) : null;
  for (const each of asked) {
    const hold = known.get(each.holdId);
    if (!hold) continue;
    const said = { routedBy: routes?.get(hold.id)?.actionId ?? null, featuresOff: featuresOffFor(ctx, containment, hold) };
    // What this batch has ended is ended for its asks.
    outcomes[each.i] = replay({ ...hold, state: ended.get(hold.id) ?? hold.state }, each.requestHash, meters, said);
  }
  const contained: Contained = { rates, limited: [], refused: [], rerouted: [], saved, allowed: [] };
  const mayReturn = ctx.now < containment.refusedUntil;
  const { holds: given, refusals } = await decideAll(ctx, prepared, { meters, exposures, rates }, contained, mayReturn, outcomes, isRetry);
  await crossLevels(ctx, meters.values());
  await together([
    insertNew(ctx, given),
    addRefusals(ctx, refusals),
    ...writeContained(ctx, contained),
    writeExposures(ctx, exposures),
    writeMeters(ctx, meters.values()),
  ]);
  return { outcomes, committed };
}

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
  if (!isRetry && (await readHolds(ctx.tx, ctx.orgId, refused)).size > 0) throw new KeyUsed('an idempotency key has been used before');
  return { holds: [...holds.values()], refusals };
}

async function insertNew(ctx: Context, holds: Hold[]): Promise<void> {
  if ((await insertHolds(ctx, holds)) < holds.length) throw new KeyUsed('an idempotency key has been used before');
}

/** Whether an answer may be different in a moment, so that a caller who allows it can be kept waiting. */
export const isWorthWaiting = (outcome: Outcome): outcome is { answer: Deny } =>
  'answer' in outcome && 'decision' in outcome.answer && outcome.answer.decision === 'deny' && outcome.answer.retryAfterMs !== null;
