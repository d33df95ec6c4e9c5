import { type Meter, writeMeters } from '@/lib/budget/meter';
import { type BudgetSet, budgetSet, type Heads } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { writeEntries } from '@/lib/ledger/write-entries';
import { bookOf } from '@/lib/price/book';
import type { Book } from '@/lib/price/rules';
import { applyChanges, changesOf, lockPeriods } from '@/lib/spend/charge';
import { crossLevels } from '@/lib/spend/cross';
import { endAll } from '@/lib/spend/hold/end-all';
import { type Exposure, expose, lockExposures, writeExposures } from '@/lib/spend/hold/exposure';
import { nameHeldPrices, writeHeldPrices } from '@/lib/spend/hold/held-prices';
import { endHolds, type Hold, holdIdOf, insertHolds, lockHolds, readHolds } from '@/lib/spend/hold/rows';
import type { Deny } from '@/lib/spend/schema';
import { seenWorkloads } from '@/lib/workload/seen';
import { type Ask, askOf, findSpans, hashOf } from './ask';
import { allowOf, decide } from './authorize';
import type { Op, Outcome } from './ops';
import { addRefusals, type Refusal } from './refusals';

/** An idempotency key of the batch has been used before: roll back, and run again looking the keys up. */
export class KeyUsed extends Error {
  override name = 'KeyUsed';
  /** As Postgres calls what goes away by trying again. */
  readonly code = '40001';
}

type Authorize = Extract<Op, { kind: 'authorize' }>;
type Asked = { i: number; op: Authorize; requestHash: string; holdId: string };
type Prepared = Asked & { ask: Ask };

/** What a batch came to, and what to do once it has been committed. */
export type Decided = { outcomes: Outcome[]; committed: () => void };

/**
 * Decides a batch of ops of one organisation in one transaction (group commit), as if they had come one after the other: ends of
 * holds first, then asks in their order. Lock order: budget set (shared, by the caller) → holds → key exposures → ledger and
 * rollups → period rows → new holds → commit. Every outcome is durable when the caller's commit returns, and none before.
 * @param isRetry look up the asks' idempotency keys first: a new key is the rule, so the first run finds out by inserting
 * @throws KeyUsed, PeriodGone: roll back and run again
 */
export async function runBatch(ctx: Context, ops: Op[], heads: Heads | undefined, isRetry: boolean): Promise<Decided> {
  const outcomes: Outcome[] = new Array(ops.length);
  const set = await budgetSet(ctx.tx, ctx.orgId, heads);
  const book = await bookOf(ctx.tx, ctx.orgId, set.priceVersion);
  const named = ops.flatMap((op) => (op.kind === 'authorize' ? [] : [op.request.holdId]));
  const holds = await lockHolds(ctx.tx, ctx.orgId, named);
  const asked = ops.flatMap((op, i) => (op.kind === 'authorize' ? [askedOf(op, i)] : []));
  const asks = asked.map((each) => each.holdId);
  const known = isRetry ? await readHolds(ctx.tx, ctx.orgId, asks) : new Map<string, Hold>();
  const prepared = await prepare(
    ctx,
    set,
    book,
    asked.filter(({ holdId }) => !known.has(holdId)),
  );
  const committed = await writeHeldPrices(ctx.tx, ctx.orgId, pricesOf(prepared));
  const exposures = await lockExposures(ctx, [...ops.map((op) => op.keyId), ...[...holds.values()].map((hold) => hold.apiKeyId)]);
  const endings = await endAll(ctx, book, ops, holds, exposures, outcomes);
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
  const meters = await lockPeriods(ctx, [...met, ...prepared.flatMap(({ ask }) => ask.spans.map((span) => span.id))]);
  await applyChanges(ctx, meters, changes);
  for (const { hold } of endings) if (hold.state === 'open') expose(exposures.get(hold.apiKeyId), -hold.held, hold.observedIds.length > 0);
  for (const each of asked) {
    const hold = known.get(each.holdId);
    // What this batch has ended is ended for its asks.
    if (hold) outcomes[each.i] = replay({ ...hold, state: ended.get(hold.id) ?? hold.state }, each.requestHash, meters);
  }
  const { holds: given, refusals } = await decideAll(ctx, prepared, meters, exposures, outcomes, isRetry);
  await crossLevels(ctx, meters.values());
  await together([insertNew(ctx, given), addRefusals(ctx, refusals), writeExposures(ctx, exposures), writeMeters(ctx, meters.values())]);
  return { outcomes, committed };
}

const askedOf = (op: Authorize, i: number): Asked => ({
  ...{ op, i, requestHash: hashOf(op.request) },
  holdId: holdIdOf(op.keyId, op.request.idempotencyKey),
});

const workloadOf = (op: Authorize): string => op.pins.workload ?? op.request.workload;

async function prepare(ctx: Context, set: BudgetSet, book: Book, asked: Asked[]): Promise<Prepared[]> {
  if (asked.length === 0) return [];
  const workloads = await seenWorkloads(
    ctx.tx,
    set,
    asked.map(({ op }) => workloadOf(op)),
    ctx.now,
  );
  const prepared = asked.map((each) => {
    const workload = workloads.get(workloadOf(each.op));
    if (!workload) throw new Error(`workload ${workloadOf(each.op)} was neither found nor made`);
    return { ...each, ask: askOf(ctx, set, book, { ...each.op, requestHash: each.requestHash, holdId: each.holdId }, workload) };
  });
  await findSpans(
    ctx,
    set,
    prepared.map(({ ask }) => ask),
  );
  return prepared;
}

const pricesOf = (prepared: Prepared[]) =>
  prepared.flatMap(({ ask }) => (ask.prices && ask.price.kind === 'priced' ? [nameHeldPrices(ask.prices, ask.price.ref)] : []));

/** Only an allow is remembered: the same ask gets the same hold, another ask under its key is told so. */
function replay(hold: Hold, requestHash: string, meters: Map<string, Meter>): Outcome {
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
    ),
  };
}

async function decideAll(
  ctx: Context,
  prepared: Prepared[],
  meters: Map<string, Meter>,
  exposures: Map<string, Exposure>,
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
    else if (same) outcomes[i] = replay(same, requestHash, meters);
    else {
      const decided = await decide(ctx, ask, meters, exposure);
      if (decided.hold) holds.set(holdId, decided.hold);
      else refused.push(holdId);
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
