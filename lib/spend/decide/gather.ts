import type { Context } from '@/lib/context';
import { nameHeldPrices, writeHeldPrices } from '@/lib/spend/hold/held-prices';
import { type Hold, holdIdOf, lockHolds, readHolds } from '@/lib/spend/hold/rows';
import { seenWorkloads } from '@/lib/workload/seen';
import { type Ask, askOf, findSpans, hashOf, type Rules } from './ask';
import type { Op } from './ops';

type Authorize = Extract<Op, { kind: 'authorize' }>;
type Asked = { i: number; op: Authorize; requestHash: string; holdId: string };
/** An ask of the batch, ready to be decided. */
export type Prepared = Asked & { ask: Ask };

/**
 * Finds, or makes, everything that the ops name. @param isRetry look up the asks' idempotency keys, too
 * @returns `committed` is to be called once the transaction has been
 */
export async function gather(ctx: Context, rules: Rules, ops: Op[], isRetry: boolean) {
  const named = ops.flatMap((op) => (op.kind === 'authorize' ? [] : [op.request.holdId]));
  const holds = await lockHolds(ctx.tx, ctx.orgId, named);
  const asked = ops.flatMap((op, i) => (op.kind === 'authorize' ? [askedOf(op, i)] : []));
  const asks = asked.map((each) => each.holdId);
  const known = isRetry ? await readHolds(ctx.tx, ctx.orgId, asks) : new Map<string, Hold>();
  const prepared = await prepare(
    ctx,
    rules,
    asked.filter(({ holdId }) => !known.has(holdId)),
  );
  const committed = await writeHeldPrices(ctx.tx, ctx.orgId, pricesOf(prepared));
  return { holds, asked, known, prepared, committed };
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
