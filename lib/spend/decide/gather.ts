import type { Context } from '@/lib/context';
import { behind } from '@/lib/db';
import { openExposures } from '@/lib/spend/hold/exposure';
import { nameHeldPrices, writeHeldPrices } from '@/lib/spend/hold/held-prices';
import { rememberedHolds } from '@/lib/spend/hold/remembered';
import { type Hold, holdIdOf, lockHolds, readHolds } from '@/lib/spend/hold/rows';
import { seenWorkloads } from '@/lib/workload/seen';
import { type Ask, askOf, findSpans, hashOf, type Rules } from './ask';
import type { Op } from './ops';

type Authorize = Extract<Op, { kind: 'authorize' }>;
type Asked = { i: number; op: Authorize; requestHash: string; holdId: string };
/** An ask of the batch, ready to be decided. */
export type Prepared = Asked & { ask: Ask };

const NO_HOLDS: ReadonlyMap<string, Hold> = new Map();

/**
 * Finds, or makes, everything that the ops name: what a batch needs to know before it writes.
 * @param isRetry go by what the rows say; else by what is remembered of holds, and by idempotency keys being new
 * @returns `making` writes behind the locks of the holds · `pricesWritten` is to be called once the transaction has been committed
 */
export async function gather(ctx: Context, rules: Rules, ops: Op[], isRetry: boolean) {
  const named = ops.flatMap((op) => (op.kind === 'authorize' ? [] : [op.request.holdId]));
  const remembered = isRetry ? NO_HOLDS : rememberedHolds(rules.set, named);
  const holds = remembered.size > 0 ? remembered : await lockHolds(ctx.tx, ctx.orgId, named);
  const asked = ops.flatMap((op, i) => (op.kind === 'authorize' ? [askedOf(op, i)] : []));
  const asks = asked.map((each) => each.holdId);
  const known = isRetry ? await readHolds(ctx.tx, ctx.orgId, asks) : NO_HOLDS;
  // What is needed for the first time is made behind the locks of the holds, of remembered ones too.
  const making: Context = { ...ctx, tx: behind(ctx.tx, () => lockHolds(ctx.tx, ctx.orgId, remembered.keys())) };
  const prepared = await prepare(
    making,
    rules,
    asked.filter(({ holdId }) => !known.has(holdId)),
  );
  const pricesWritten = await writeHeldPrices(making.tx, ctx.orgId, pricesOf(prepared));
  const keyIds = [...ops.map((op) => op.keyId), ...[...holds.values()].map((hold) => hold.apiKeyId)];
  await openExposures(making, keyIds);
  return { making, isRemembered: remembered.size > 0, holds, asked, known, prepared, pricesWritten, keyIds };
}

const askedOf = (op: Authorize, i: number): Asked => ({
  ...{ op, i, requestHash: hashOf(op.request) },
  holdId: holdIdOf(op.keyId, op.request.idempotencyKey),
});

const workloadOf = (op: Authorize): string => op.pins.workload ?? op.request.workload;

async function prepare(ctx: Context, rules: Rules, asked: Asked[]): Promise<Prepared[]> {
  if (asked.length === 0) return [];
  const workloads = await seenWorkloads(
    ctx.tx,
    rules.set,
    asked.map(({ op }) => workloadOf(op)),
    ctx.now,
  );
  const prepared = asked.map((each) => {
    const workload = workloads.get(workloadOf(each.op));
    if (!workload) throw new Error(`workload ${workloadOf(each.op)} was neither found nor made`);
    return { ...each, ask: askOf(ctx, rules, { ...each.op, requestHash: each.requestHash, holdId: each.holdId }, workload) };
  });
  await findSpans(
    ctx,
    rules.set,
    prepared.map(({ ask }) => ask),
  );
  return prepared;
}

/** The prices that holds are given by, and those that rerouted calls would have been charged by. */
const pricesOf = (prepared: Prepared[]) =>
  prepared.flatMap(({ ask }) => [
    ...(ask.prices && ask.price.kind === 'priced' ? [nameHeldPrices(ask.prices, ask.price.ref)] : []),
    ...(ask.contained.route?.fromPrices ? [ask.contained.route.fromPrices] : []),
  ]);
