import { admit, most } from '@/lib/budget/admission';
import { above } from '@/lib/budget/figures';
import { admitGranted, holdFromGrant } from '@/lib/budget/grant/use';
import { type Meter, meter } from '@/lib/budget/meter';
import type { ActiveBudget } from '@/lib/budget/set';
import { type RateState, takeRate, tokensOf } from '@/lib/containment/rate/rules';
import type { Context } from '@/lib/context';
import { plus, seconds } from '@/lib/kernel/instant';
import { type NanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import { denialBy, limitOn, type RefusedBy } from '@/lib/spend/contain/refuse';
import { type Exposure, expose, exposureFor } from '@/lib/spend/hold/exposure';
import { nameHeldPrices } from '@/lib/spend/hold/held-prices';
import type { Hold } from '@/lib/spend/hold/rows';
import { type Allow, type Deny, REASONS, type Reason } from '@/lib/spend/schema';
import { raiseStop } from '@/lib/stop/raise';
import { allowOf, denial, type Finding } from './answers';
import { type Ask, boundOf, largestOutput } from './ask';

/** What every budget says of the ask, at the least it can do with; stops that this brings to light are raised on the way. */
export async function findings(
  ctx: Context,
  ask: Ask,
  meters: Map<string, Meter>,
  least: NanoUsd,
  exposure: Exposure | undefined,
): Promise<Finding[]> {
  const all: Finding[] = [];
  for (const span of ask.spans) {
    const m = meters.get(span.id);
    const budget = ask.budgets.find((each) => each.id === span.budgetId);
    if (!m || !budget) continue;
    const finding = findingOf(ctx, ask, m, budget, least, exposure);
    if (finding.verdict === 'no_room') await raiseStop(ctx, m, 'no_room');
    all.push(finding);
  }
  return all;
}

function findingOf(ctx: Context, ask: Ask, m: Meter, budget: ActiveBudget, least: NanoUsd, exposure: Exposure | undefined): Finding {
  const keyHeld = m.stage ? ZERO_USD : exposureFor(exposure, m.enforcing);
  const plain = { meter: m, budget, seen: m, keyHeld, grant: null };
  if (ask.prices === null && budget.onUnpriced === 'refuse') return { ...plain, verdict: 'unpriced' };
  const stopped = m.stopId !== null;
  // An hour of a resume step waits for the next one, whatever keeps the call out of it.
  if (m.stage) return { ...plain, verdict: admit(m, false, least, keyHeld, budget.keyHoldPpm) === 'fits' ? 'fits' : 'resuming' };
  if (m.grants.length === 0) return { ...plain, verdict: admit(m, stopped, least, keyHeld, budget.keyHoldPpm) };
  const asked = { stopped, ask: least, keyHeld, keyHoldPpm: budget.keyHoldPpm, call: ask.dims, now: ctx.now };
  return { ...plain, ...admitGranted(m, m.grants, asked) };
}

const REASON_OF: Partial<Record<Finding['verdict'], Reason>> = { no_room: 'stopped', outside_grant: 'stopped' };
const reasonOf = (verdict: Finding['verdict']): Reason | null => (verdict === 'fits' ? null : (REASON_OF[verdict] ?? (verdict as Reason)));

/** The finding with the most lasting reason. */
export function worst(all: Finding[]): { reason: Reason; finding: Finding } | null {
  const refused = all.flatMap((finding) => {
    const reason = reasonOf(finding.verdict);
    return reason ? [{ reason, finding }] : [];
  });
  return refused.sort((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason))[0] ?? null;
}

const lasts = (a: Reason, b: Reason): boolean => REASONS.indexOf(a) < REASONS.indexOf(b);

/** The outcome of an ask; `refusals` are what to count, an allowed call's observed ones among them. */
export type Decided = {
  answer: Allow | Deny;
  hold: Hold | null;
  /** The action that refused it; null where none did. */
  refusedBy: string | null;
  refusals: { budgetId: string; reason: Reason; observed: boolean; workload: string; customer: string; asked: NanoUsd }[];
};

const refusedBy = (ask: Ask, by: RefusedBy): Decided => ({ answer: denialBy(ask, by), hold: null, refusedBy: by.actionId, refusals: [] });

/**
 * Decides one ask against all its budgets, all or nothing, on locked period rows. A hold of a worst case is set aside in every one
 * of them, or in none. A budget that observes refuses nothing: what it would have refused is said and counted.
 */
export async function decide(
  ctx: Context,
  ask: Ask,
  meters: Map<string, Meter>,
  exposure: Exposure | undefined,
  rates: ReadonlyMap<string, RateState>,
): Promise<Decided> {
  const { request, contained } = ask;
  if (contained.refusal) return refusedBy(ask, { ...contained.refusal, retryAfterMs: null });
  const limit = limitOn(ask, rates, ctx.now);
  const full = boundOf(ask, request.maxUnits);
  const least =
    request.minOutput === undefined
      ? full
      : smaller(full, boundOf(ask, { ...request.maxUnits, output: Math.min(request.minOutput, request.maxUnits.output) }));
  const all = await findings(ctx, ask, meters, least, exposure);
  const refused = worst(all.filter((each) => each.meter.enforcing));
  const observed = worst(all.filter((each) => !each.meter.enforcing));
  if (limit && !(refused && lasts(refused.reason, 'rate_limited'))) return refusedBy(ask, limit);
  const refusals = all.flatMap(({ meter: m, budget, verdict }) => {
    const reason = reasonOf(verdict);
    return reason
      ? [
          {
            budgetId: budget.stageOf ?? m.budgetId,
            reason,
            observed: !m.enforcing,
            workload: ask.dims.workload,
            customer: ask.dims.customer,
            asked: full,
          },
        ]
      : [];
  });
  if (refused) return { answer: denial(ctx, ask, refused.reason, refused.finding), hold: null, refusedBy: null, refusals };
  const units = unitsThatFit(ask, all, full);
  const held = boundOf(ask, units);
  // Had the observing budgets enforced, this call would have been refused: none of them lets it count in its later decisions.
  const observedIds = observed ? all.filter((each) => !each.meter.enforcing).map((each) => each.meter.id) : [];
  const hold = setAside(ctx, ask, units, held, observedIds, observed);
  for (const { meter: m, grant } of all) {
    const before = above(m);
    const isObserved = observedIds.includes(m.id);
    meter(m, { held, observedHeld: isObserved ? held : 0n }, 'overrun');
    if (grant && held > 0n && !isObserved) holdFromGrant(m, grant, hold.id, held);
    if (m.enforcing && above(m) > before) throw new Error(`an allow would have taken period ${m.id} above its limit`);
  }
  expose(exposure, held, observedIds.length > 0);
  for (const { id } of contained.limits) {
    const state = rates.get(id);
    if (state) takeRate(state, tokensOf(units), ctx.now);
  }
  const said = { routedBy: contained.route?.actionId ?? null, featuresOff: contained.featuresOff };
  return {
    answer: allowOf(
      hold,
      all.map((each) => each.meter),
      said,
    ),
    ...{ hold, refusedBy: null, refusals },
  };
}

/** The declared units; with a lower output limit where the caller allows one and no more fits. */
function unitsThatFit(ask: Ask, all: Finding[], full: NanoUsd): Units {
  const left = all
    .filter((each) => each.verdict === 'fits' && full > 0n)
    .map(({ meter: m, budget, seen, keyHeld }) => most(seen, m.stopId !== null, keyHeld, budget.keyHoldPpm))
    .reduce<NanoUsd | null>((least, each) => (least === null ? each : smaller(least, each)), null);
  if (left === null || full <= left) return ask.request.maxUnits;
  return { ...ask.request.maxUnits, output: Math.max(largestOutput(ask, left), ask.request.minOutput ?? 0) };
}

function setAside(ctx: Context, ask: Ask, units: Units, held: NanoUsd, observedIds: string[], observed: ReturnType<typeof worst>): Hold {
  const { request, price } = ask;
  const expiresAt = plus(ctx.now, seconds(request.ttlSeconds));
  const heldPrices = ask.prices && price.kind === 'priced' ? nameHeldPrices(ask.prices, price.ref) : null;
  return {
    ...ask.dims,
    ...{ id: ask.holdId, apiKeyId: ask.keyId, idempotencyKey: request.idempotencyKey, requestHash: ask.requestHash, state: 'open' },
    ...{ modelCalled: request.model, maxUnits: units, pricesId: heldPrices?.id ?? '', held },
    ...{ periodIds: ask.spans.map((each) => each.id), observedIds, authorisedAt: ctx.now, expiresAt },
    observed: observed
      ? {
          reason: observed.reason,
          budgetId: observed.finding.budget.stageOf ?? observed.finding.budget.id,
          stopId: observed.finding.meter.stopId,
        }
      : null,
    ...{ settled: null, settledOf: null, settledHash: null, isLease: false },
  };
}
