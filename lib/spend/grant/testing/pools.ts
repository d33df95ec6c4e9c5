/**
 * Grants by hand: the reserve as purses, written from the specification alone, with no word of the product's own code. A call's
 * money comes whole from one purse: the ordinary one, or that of a grant whose scope it is in. Money is nano-dollars.
 */
export type Purse = { size: bigint; charged: bigint; held: bigint };

/** A grant: a purse that opens, ends, and is of one feature or of every call. */
export type Granted = Purse & { id: string; feature: string | null; expiresAt: number; state: 'asked' | 'open' | 'ended' };

/** A call under way: what is set aside, and from which grant; null of the ordinary purse. */
export type Held = { held: bigint; grant: Granted | null; expiresAt: number; state: 'open' | 'presumed' | 'settled' | 'released' };

/** What is said of an ask. */
export type Said = 'allow' | 'busy' | 'too_large' | 'stopped';

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
/** What of a grant is spent: charges beyond its size are everyone's. */
export const spentOf = (grant: Purse): bigint => least(grant.size, grant.charged);

/** One budget by hand. */
export class ByHand {
  readonly grants: Granted[] = [];
  readonly holds = new Map<string, Held>();
  actual = 0n;
  presumed = 0n;
  stopped = false;
  readonly amount: bigint;
  readonly hardStop: bigint;

  constructor(amount: bigint, hardStop: bigint) {
    this.amount = amount;
    this.hardStop = hardStop;
  }

  get granted(): bigint {
    return this.grants.reduce((sum, g) => sum + (g.state === 'open' ? g.size : g.state === 'ended' ? spentOf(g) : 0n), 0n);
  }

  get held(): bigint {
    return [...this.holds.values()].reduce((sum, each) => sum + (each.state === 'open' ? each.held : 0n), 0n);
  }

  get charged(): bigint {
    return this.actual + this.presumed;
  }

  /** What more may be granted: the reserve, less what is open and what was spent of ended grants. */
  get reserveLeft(): bigint {
    return this.amount - this.hardStop - this.granted;
  }

  get isSpent(): boolean {
    return this.charged >= this.hardStop + this.granted;
  }

  stopIfSpent(): void {
    if (this.isSpent) this.stopped = true;
  }

  /** The ordinary purse: everything that is of no grant. What is held of an ended grant is everyone's until it settles. */
  private get ordinary(): Purse {
    const ofGrants = this.grants.reduce((sum, g) => sum + spentOf(g), 0n);
    const heldOfOpen = this.grants.reduce((sum, g) => sum + (g.state === 'open' ? least(g.held, g.size - spentOf(g)) : 0n), 0n);
    return { size: this.hardStop, charged: this.charged - ofGrants, held: this.held - heldOfOpen };
  }

  /** A grant's purse, of which no more can be had than the whole budget still has: what another was overspent by is everyone's. */
  private within(grant: Granted): Purse {
    const whole = this.hardStop + this.granted - this.charged;
    const left = least(grant.size - grant.charged, whole);
    const free = least(grant.size - grant.charged - grant.held, whole - this.held);
    return { size: left, charged: 0n, held: left - free };
  }

  /** Whether a purse has the money: at once, once calls under way settle, never for so large a call, or not even for a small one. */
  private look(purse: Purse, ask: bigint): 'fits' | 'busy' | 'too_large' | 'none' {
    if (purse.charged + ask > purse.size) return ask * 100n <= this.amount || purse.charged >= purse.size ? 'none' : 'too_large';
    if (purse.charged + purse.held + ask > purse.size) return 'busy';
    // One key holds at most a tenth of the amount, its first call aside.
    return this.held > 0n && (this.held + ask) * 10n > this.amount ? 'busy' : 'fits';
  }

  /** Decides an ask. @param feature of the call */
  ask(id: string, ask: bigint, feature: string, now: number, expiresAt: number): Said {
    if (this.stopped) return 'stopped';
    const live = this.grants.filter((g) => g.state === 'open' && now < g.expiresAt);
    const own = live.filter((g) => g.feature === null || g.feature === feature);
    const seen = [null, ...own].map((grant) => ({ grant, found: this.look(grant ? this.within(grant) : this.ordinary, ask) }));
    const place = seen.find((each) => each.found === 'fits');
    if (place) {
      this.holds.set(id, { held: ask, grant: place.grant, expiresAt, state: 'open' });
      if (place.grant) place.grant.held += ask;
      return 'allow';
    }
    for (const found of ['busy', 'too_large'] as const) if (seen.some((each) => each.found === found)) return found;
    // A stop would take the money of others' grants from them.
    if (!live.some((g) => !own.includes(g) && g.charged < g.size)) this.stopped = true;
    return 'stopped';
  }

  /** A call has come to an amount; one presumed spent is corrected, and one said never to have been made was made after all. */
  settle(id: string, cost: bigint): void {
    const hold = this.holds.get(id);
    if (hold === undefined || hold.state === 'settled') return;
    const { grant, held } = hold;
    if (hold.state === 'presumed') this.presumed -= held;
    if (grant) grant.charged += cost - (hold.state === 'presumed' ? held : 0n);
    if (grant && hold.state === 'open') grant.held -= held;
    this.actual += cost;
    hold.state = 'settled';
    this.stopIfSpent();
  }

  release(id: string): void {
    const hold = this.holds.get(id);
    if (hold?.state !== 'open') return;
    if (hold.grant) hold.grant.held -= hold.held;
    hold.state = 'released';
    this.stopIfSpent();
  }

  /** Calls that nobody accounted for are taken as spent, then grants whose time is over end, in the order of their ids. */
  expire(now: number): void {
    for (const hold of this.holds.values()) {
      if (hold.state !== 'open' || hold.expiresAt > now) continue;
      hold.state = 'presumed';
      this.presumed += hold.held;
      if (hold.grant) {
        hold.grant.held -= hold.held;
        hold.grant.charged += hold.held;
      }
    }
    this.stopIfSpent();
    for (const grant of this.grants) if (grant.state !== 'ended' && grant.expiresAt <= now) this.end(grant);
  }

  end(grant: Granted): void {
    const wasOpen = grant.state === 'open';
    grant.state = 'ended';
    if (wasOpen) this.stopIfSpent();
  }
}
