import { larger, type NanoUsd, nanoUsd, smaller, ZERO_USD } from '@/lib/kernel/money';
import { admit, room, roomWithoutHolds, type Verdict } from '../admission';
import type { Figures } from '../figures';
import type { Change, Meter } from '../meter';
import { type CallDims, covers } from '../scope';
import type { GrantUse } from './rows';

/** What of a grant is spent, as its period counts it: no more than its amount. What lies above counts as everyone's. */
export const spentOf = (g: Pick<GrantUse, 'amount' | 'charged'>): NanoUsd => smaller(g.amount, larger(ZERO_USD, g.charged));

/** What a grant has left with no call under way. */
const leftOf = (g: GrantUse): NanoUsd => nanoUsd(g.amount - g.charged);

/**
 * A period as calls outside every open grant see it: without the grants' money, and without what was spent or is held of it. So
 * their limit is as if nothing had been granted, and nobody else's grant uses up their room.
 */
export function outsideGrants(f: Figures, grants: readonly GrantUse[]): Figures {
  const seen = { ...f };
  for (const g of grants) {
    if (!g.open) continue;
    const spent = spentOf(g);
    seen.granted = nanoUsd(seen.granted - g.amount);
    seen.actual = nanoUsd(seen.actual - spent);
    seen.held = nanoUsd(seen.held - smaller(g.held, nanoUsd(g.amount - spent)));
  }
  return seen;
}

/**
 * A grant as a call that uses it sees it: a limit of its own, and never more than the whole period still has: what another grant was
 * overspent by is everyone's. What is ordinary stays a share of the budget's amount.
 */
export function insideGrant(f: Figures, g: GrantUse): Figures {
  const left = smaller(leftOf(g), roomWithoutHolds(f));
  const free = smaller(nanoUsd(leftOf(g) - g.held), room(f));
  return {
    ...{ amount: f.amount, hardStop: nanoUsd(g.charged + left), granted: ZERO_USD, actual: g.charged, presumed: ZERO_USD },
    ...{ unpricedUpper: ZERO_USD, held: nanoUsd(left - free), observedCharged: ZERO_USD, observedHeld: ZERO_USD, excess: ZERO_USD },
  };
}

/** Where a call's money would come from: what it sees of the period, and the grant it would use; null for the ordinary money. */
export type Place = { verdict: Verdict | 'outside_grant'; seen: Figures; grant: GrantUse | null };

/** The refusals of one call by several places, the one to give first: what would fit soonest. */
const SOONEST = ['busy', 'too_large', 'no_room'] as const;

/**
 * Admission to a period with grants: the ordinary money first, then each open grant whose scope covers the call. A call is set aside
 * from one place, whole. A call that fits nowhere while a grant for others has money left is `outside_grant`: it is refused, and
 * raises no stop, which would take that money from them.
 */
export function admitGranted(
  f: Figures,
  grants: readonly GrantUse[],
  asked: { stopped: boolean; ask: NanoUsd; keyHeld: NanoUsd; keyHoldPpm: number; call: CallDims; now: number },
): Place {
  const { stopped, ask, keyHeld, keyHoldPpm } = asked;
  const seen = outsideGrants(f, grants);
  const verdict = admit(seen, stopped, ask, keyHeld, keyHoldPpm);
  if (verdict === 'fits' || verdict === 'stopped') return { verdict, seen, grant: null };
  const live = grants.filter((g) => g.open && asked.now < g.expiresAt);
  const own = live.filter((g) => covers({ kind: 'scoped', scope: g.scope }, asked.call));
  const places: Place[] = own.map((grant) => {
    const inside = insideGrant(f, grant);
    return { verdict: admit(inside, false, ask, keyHeld, keyHoldPpm), seen: inside, grant };
  });
  const fitting = places.find((each) => each.verdict === 'fits');
  if (fitting) return fitting;
  const refusals = [{ verdict, seen, grant: null }, ...places];
  const best = SOONEST.flatMap((soon) => refusals.find((each) => each.verdict === soon) ?? [])[0] as Place;
  const isSpared = best.verdict === 'no_room' && live.some((g) => !own.includes(g) && leftOf(g) > 0n);
  return isSpared ? { ...best, verdict: 'outside_grant' } : best;
}

/**
 * Adds to what was spent and is held of a grant, beside its locked period. Of one that has ended `granted` is what was spent of it,
 * and so moves along.
 */
export function chargeGrant(m: Meter, grantId: string, change: Change): void {
  const g = m.grants.find((each) => each.id === grantId);
  if (!g) throw new Error(`period ${m.id} has no grant ${grantId}`);
  const before = spentOf(g);
  g.charged = nanoUsd(g.charged + (change.actual ?? 0n) + (change.presumed ?? 0n) + (change.unpricedUpper ?? 0n));
  g.held = nanoUsd(g.held + (change.held ?? 0n));
  g.changed = true;
  m.changed = true;
  if (!g.open) m.granted = nanoUsd(m.granted + spentOf(g) - before);
}

/** Sets a hold aside from a grant. */
export function holdFromGrant(m: Meter, g: GrantUse, holdId: string, held: NanoUsd): void {
  chargeGrant(m, g.id, { held });
  if (g.charged + g.held > g.amount) throw new Error(`an allow would have taken grant ${g.id} above its amount`);
  g.newHolds.push(holdId);
}

/** What the open grants of a period come to, nano-dollars. */
export const openAmount = (grants: readonly GrantUse[]): NanoUsd => nanoUsd(grants.reduce((sum, g) => sum + (g.open ? g.amount : 0n), 0n));

/** What is left of a reserve to grant: it lies between the hard stop and the amount, less what is open and what was spent of ended ones. */
export const reserveLeft = (f: Pick<Figures, 'amount' | 'hardStop'>, grants: readonly GrantUse[]): NanoUsd =>
  larger(ZERO_USD, nanoUsd(f.amount - f.hardStop - grants.reduce((sum, g) => sum + (g.open ? g.amount : spentOf(g)), 0n)));
