import { room } from '@/lib/budget/admission';
import { above } from '@/lib/budget/figures';
import { type Meter, meter, writeMeters } from '@/lib/budget/meter';
import type { BudgetSet } from '@/lib/budget/set';
import type { Context, Pins } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, instant, MICROS_PER_MS, plus, seconds, toIso } from '@/lib/kernel/instant';
import { larger, type NanoUsd, nanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';
import { lockPeriods } from '../charge';
import { denialBy } from '../contain/refuse';
import { crossLevels } from '../cross';
import { denial } from '../decide/answers';
import type { Ask } from '../decide/ask';
import { findings, worst } from '../decide/authorize';
import { type Exposure, expose, lockExposures, openExposures, writeExposures } from '../hold/exposure';
import { nameHeldPrices, writeHeldPrices } from '../hold/held-prices';
import { type Hold, insertHolds } from '../hold/rows';
import { leaseAsk, openRules, whyNoLease } from './ask';
import { spentPerSecond } from './recent';
import { insertLease } from './rows';
import { boundsOf, freshOf, leftOut } from './rules';
import type { LeaseIn, LeaseOut } from './schema';

const notGiven = (why: string): Fault => new Fault('lease.not_given', `${why} Ask for each call.`);

/**
 * Gives a lease: money set aside for many calls, on which its holder decides by itself. It is admitted as a hold is, by every budget
 * that any of its calls can belong to; a budget that observes, an action that contains, and a resume step each call for asking.
 * Lock order as of a decision. @returns the lease, or the refusal of a budget or an action, as of a call
 * @throws Fault lease.dimension_missing · lease.not_given · key.not_live
 */
export async function giveLease(
  ctx: Context,
  by: { keyId: string; pins: Pins },
  { amountNanoUsd, ttlSeconds, ...purpose }: LeaseIn,
): Promise<LeaseOut> {
  const rules = await openRules(ctx);
  const holdId = makeId('hld', ctx.now);
  const ask = await leaseAsk(ctx, rules, { ...by, ...purpose, holdId });
  requireAllDimensions(rules.set, ask);
  if (ask.contained.refusal) return denialBy(ask, { ...ask.contained.refusal, retryAfterMs: null });
  const why = whyNoLease(ask);
  if (why !== null || ask.price.kind !== 'priced') throw notGiven(why ?? 'The model has no price.');
  const prices = nameHeldPrices(ask.price.unitPrices, ask.price.ref);
  await writeHeldPrices(ctx.tx, ctx.orgId, [prices]);
  await openExposures(ctx, [by.keyId]);
  const exposures = await lockExposures(ctx, [by.keyId]);
  const exposure = exposures.get(by.keyId);
  if (!exposure?.live) throw new Fault('key.not_live', 'This API key has been revoked or has expired.');
  const meters = await lockPeriods(
    ctx,
    ask.spans.map((span) => span.id),
  );
  const amount = await freshFor(ctx, ask, meters, { wanted: nanoUsd(BigInt(amountNanoUsd)), kept: ZERO_USD, held: ZERO_USD });
  const all = await findings(ctx, ask, meters, larger(nanoUsd(1n), amount), exposure);
  const refused = worst(all.filter((each) => each.meter.enforcing));
  if (refused) {
    await writeAll(ctx, exposures, meters);
    return denial(ctx, ask, refused.reason, refused.finding);
  }
  if (amount === 0n) throw notGiven('Too little is spent, or left, for a lease.');
  if (!fits(all)) throw notGiven('A budget that observes would refuse this, or a grant would pay for it.');
  const hold = leaseHold(ctx, ask, amount, expiryOf(ctx, ask, ttlSeconds), prices.id);
  setMoreAside(meters, exposure, amount);
  await insertHolds(ctx, [hold]);
  await insertLease(ctx, holdId, nanoUsd(BigInt(amountNanoUsd)));
  await writeAll(ctx, exposures, meters);
  return {
    ...{ decision: 'allow', leaseId: holdId, upToNanoUsd: String(amount), expiresAt: toIso(hold.expiresAt) },
    lastsMs: Math.floor((hold.expiresAt - ctx.now) / MICROS_PER_MS),
    ...{ provider: hold.provider, model: hold.modelCalled, bounds: boundsOf(prices.prices) as Record<string, string> },
  };
}

/** Refuses a lease that leaves out what a budget looks at: its calls could pass that budget by. @throws Fault lease.dimension_missing */
function requireAllDimensions({ budgets }: BudgetSet, { dims }: Ask): void {
  for (const { kind, scope, name } of budgets) {
    const [field] = kind === 'scoped' ? leftOut(scope, dims) : [];
    if (field === undefined) continue;
    const detail = `The budget "${name}" looks at ${field}: name it, so that no call passes that budget by.`;
    const pointer = `/${field.replace('.', '/')}`;
    throw new Fault('lease.dimension_missing', detail, { errors: [{ pointer, code: 'lease.dimension_missing', detail }] });
  }
}

/** No lease outlives a period that it belongs to. */
const expiryOf = (ctx: Context, { spans }: Ask, ttlSeconds: number): Instant =>
  instant(Math.min(plus(ctx.now, seconds(ttlSeconds)), ...spans.map((span) => span.endsAt)));

function leaseHold(ctx: Context, ask: Ask, held: NanoUsd, expiresAt: Instant, pricesId: string): Hold {
  return {
    ...ask.dims,
    ...{ id: ask.holdId, apiKeyId: ask.keyId, idempotencyKey: ask.holdId, requestHash: '', state: 'open', modelCalled: ask.request.model },
    ...{ maxUnits: {}, pricesId, held, periodIds: ask.spans.map((each) => each.id), observedIds: [], observed: null },
    ...{ authorisedAt: ctx.now, expiresAt, settled: null, settledOf: null, settledHash: null, isLease: true },
  };
}

/** How much more a lease may be given now. @param of what it wants, what of its money is under way, and all that it has set aside */
export async function freshFor(
  ctx: Context,
  ask: Ask,
  meters: Map<string, Meter>,
  { wanted, kept, held }: Record<'wanted' | 'kept' | 'held', NanoUsd>,
): Promise<NanoUsd> {
  const rooms = [...meters.values()].map((m) => nanoUsd(room(m) + held));
  const left = rooms.reduce<NanoUsd | null>((least, each) => (least === null ? each : smaller(least, each)), null);
  if (left === null) return ZERO_USD;
  const perSecond = await spentPerSecond(
    ctx,
    ask.spans.map((span) => span.id),
  );
  return freshOf({ wanted, perSecond, left, kept });
}

/** Whether every budget, one that observes too, has the money, and ordinary money. */
export const fits = (all: Awaited<ReturnType<typeof findings>>): boolean =>
  all.every((each) => each.verdict === 'fits' && each.grant === null);

/** Sets more aside in every period of a lease. */
export function setMoreAside(meters: Map<string, Meter>, exposure: Exposure | undefined, amount: NanoUsd): void {
  for (const m of meters.values()) {
    const before = above(m);
    meter(m, { held: amount }, 'overrun');
    if (m.enforcing && above(m) > before) throw new Error(`a lease would have taken period ${m.id} above its limit`);
  }
  expose(exposure, amount, false);
}

/** The last writes of a transaction that decides on a lease. */
export async function writeAll(ctx: Context, exposures: Map<string, Exposure>, meters: Map<string, Meter>): Promise<void> {
  await writeExposures(ctx, exposures);
  await crossLevels(ctx, meters.values());
  await writeMeters(ctx, meters.values());
}
