import { writeMeters } from '@/lib/budget/meter';
import { periodsAt } from '@/lib/budget/periods';
import { budgetSet, type Heads } from '@/lib/budget/set';
import type { Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { writeEntries } from '@/lib/ledger/write-entries';
import { bookOf } from '@/lib/price/book';
import { applyChanges, changesOf, lockPeriods } from '@/lib/spend/charge';
import { endAll } from '@/lib/spend/hold/end-all';
import { type Exposure, expose, lockExposures, writeExposures } from '@/lib/spend/hold/exposure';
import { type Hold, holdsByKey, insertHolds, keyOfCall, lockHolds } from '@/lib/spend/hold/rows';
import type { Deny } from '@/lib/spend/schema';
import { seenWorkloads } from '@/lib/workload/seen';
import { type Ask, askOf, hashOf } from './ask';
import { decide } from './authorize';
import type { Op, Outcome } from './ops';
import { addRefusals } from './refusals';

/** A key was used by another process between our look and our write: roll back and do the whole batch again. */
export class KeyRace extends Error {
  override name = 'KeyRace';
}

type Asked = Extract<Op, { kind: 'authorize' }>;

/**
 * Decides a batch of ops of one organisation in one transaction (group commit), as if they had come one after the other: ends of
 * holds first, then asks in their order. Lock order: budget set (shared, by the caller) → holds → key exposures → ledger and
 * rollups → period rows → commit. Every outcome is durable when the caller's commit returns, and none before.
 * @returns one outcome for each op, in order · @throws KeyRace, PeriodGone: roll back and run again
 */
export async function runBatch(ctx: Context, ops: Op[], heads?: Heads): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(ops.length);
  const set = await budgetSet(ctx.tx, ctx.orgId, heads);
  const book = await bookOf(ctx.tx, ctx.orgId, set.priceVersion);
  const held = await lockHolds(
    ctx.tx,
    ctx.orgId,
    ops.flatMap((op) => (op.kind === 'authorize' ? [] : [op.request.holdId])),
  );
  const asks = ops.flatMap((op, i) => (op.kind === 'authorize' ? [{ op, i, requestHash: hashOf(op.request) }] : []));
  const known = await knownAsks(
    ctx,
    asks.map((each) => each.op),
  );
  const fresh = asks.filter(({ op, i, requestHash }) => {
    const hold = known.get(keyOfCall(op.keyId, op.request.idempotencyKey));
    if (hold) outcomes[i] = replay(hold, requestHash);
    return !hold;
  });
  const workloads =
    fresh.length > 0
      ? await seenWorkloads(
          ctx.tx,
          set,
          fresh.map(({ op }) => workloadOf(op)),
          ctx.now,
        )
      : new Map();
  const prepared = fresh.map(({ op, i, requestHash }) => {
    const workload = workloads.get(workloadOf(op));
    if (!workload) throw new Error(`workload ${workloadOf(op)} was neither found nor made`);
    return { i, ask: askOf(ctx, set, book, { ...op, requestHash }, workload) };
  });
  await findPeriods(
    ctx,
    set,
    prepared.map(({ ask }) => ask),
  );
  const exposures = await lockExposures(ctx, [...ops.map((op) => op.keyId), ...[...held.values()].map((hold) => hold.apiKeyId)]);
  const endings = await endAll(ctx, book, ops, held, exposures, outcomes);
  await writeEntries(
    ctx.tx,
    set,
    endings.flatMap((each) => each.entries),
  );
  const changes = changesOf(endings);
  const meters = await lockPeriods(ctx, [
    ...changes.map((each) => each.periodId),
    ...prepared.flatMap(({ ask }) => ask.spans.map((span) => span.id)),
  ]);
  await applyChanges(ctx, meters, changes);
  for (const { hold } of endings) if (hold.state === 'open') expose(exposures.get(hold.apiKeyId), -hold.held, hold.observedIds.length > 0);
  await decideAll(ctx, prepared, meters, exposures, outcomes);
  await writeExposures(ctx, exposures);
  await writeMeters(ctx, meters.values());
  return outcomes;
}

const workloadOf = (op: Asked): string => op.pins.workload ?? op.request.workload;

const knownAsks = (ctx: Context, asks: Asked[]): Promise<Map<string, Hold>> =>
  holdsByKey(
    ctx.tx,
    ctx.orgId,
    asks.map((op) => ({ apiKeyId: op.keyId, idempotencyKey: op.request.idempotencyKey })),
  );

/** Only an allow is remembered: the same ask gets the same hold, another ask under its key is told so. */
function replay(hold: Pick<Hold, 'state' | 'requestHash' | 'answer'>, requestHash: string): Outcome {
  if (hold.requestHash !== requestHash) {
    return { fault: new Fault('idempotency.mismatch', 'This idempotencyKey was used for another call. Use a new key for each call.') };
  }
  if (hold.state !== 'open')
    return { fault: new Fault('hold.not_open', `The hold of this idempotencyKey is ${hold.state}. Use a new key for a new call.`) };
  return { answer: hold.answer };
}

async function findPeriods(ctx: Context, set: Parameters<typeof periodsAt>[1], asks: Ask[]): Promise<void> {
  const spans = await periodsAt(
    ctx,
    set,
    asks.flatMap((ask) => ask.budgets.map((budget) => ({ budget, at: ctx.now }))),
  );
  let from = 0;
  for (const ask of asks) {
    ask.spans = spans.slice(from, from + ask.budgets.length).flatMap((span) => (span ? [span] : []));
    from += ask.budgets.length;
  }
}

type Prepared = { i: number; ask: Ask };

async function decideAll(
  ctx: Context,
  prepared: Prepared[],
  meters: Awaited<ReturnType<typeof lockPeriods>>,
  exposures: Map<string, Exposure>,
  outcomes: Outcome[],
): Promise<void> {
  const holds = new Map<string, Hold>();
  const refusals = [];
  for (const { i, ask } of prepared) {
    const exposure = exposures.get(ask.keyId);
    if (!exposure?.live) {
      outcomes[i] = { fault: new Fault('key.not_live', 'This API key has been revoked or has expired.') };
      continue;
    }
    const key = keyOfCall(ask.keyId, ask.request.idempotencyKey);
    const same = holds.get(key);
    if (same) {
      outcomes[i] = replay(same, ask.requestHash);
      continue;
    }
    const decided = await decide(ctx, ask, meters, exposure);
    if (decided.hold) holds.set(key, decided.hold);
    refusals.push(...decided.refusals);
    outcomes[i] = { answer: decided.answer };
  }
  if ((await insertHolds(ctx, [...holds.values()])) < holds.size) throw new KeyRace('an idempotency key was used at the same moment');
  await addRefusals(ctx, refusals);
}

/** Whether an answer may be different in a moment, so that a caller who allows it can be kept waiting. */
export const isWorthWaiting = (outcome: Outcome): outcome is { answer: Deny } =>
  'answer' in outcome && 'decision' in outcome.answer && outcome.answer.decision === 'deny' && outcome.answer.retryAfterMs !== null;
