import { HardstopRejected } from './errors.js';
import type { Allowed } from './guarded.js';
import type { Transport } from './transport.js';
import type { Units, Used } from './usage.js';

/** A lease as Hardstop gives it. */
export type ShareGiven = {
  decision: string;
  leaseId: string;
  upToNanoUsd: string;
  lastsMs: number;
  expiresAt: string;
  provider: string;
  model: string;
  /** The dearest that a million units of each kind can cost, nano-dollars. */
  bounds: Record<string, string>;
};

type Said = Used & { outcome?: 'success' | 'failure' | 'unknown' };
type Kept = { eventId: string; bound: number; record: object };

const AT_ONCE = 500;
/** More calls than this wait for no settlement: the next ones are asked for. */
const WAITING_AT_MOST = 5_000;
const MILLION = 1_000_000;

/** What one lease of Hardstop has, and how it is used here. Nano-dollars, as numbers: exact up to nine million dollars. */
export class Share {
  readonly id: string;
  readonly given: ShareGiven;
  readonly #transport: Transport;
  readonly #bounds: Record<string, number> = {};
  readonly #until: number;
  #upTo: number;
  #booked = 0;
  /** The bounds of calls that have ended and are not booked, of calls under way, and of those that nobody will account for. */
  #waiting = 0;
  #underway = 0;
  #unknown = 0;
  #isOpen = true;
  #count = 0;
  #records: Kept[] = [];
  #settling: Promise<void> | null = null;

  /** @param begun when it was asked for, in milliseconds of `performance.now`: it lasts no longer than from then */
  constructor(transport: Transport, given: ShareGiven, begun: number) {
    this.id = given.leaseId;
    this.given = given;
    this.#transport = transport;
    this.#until = begun + given.lastsMs;
    this.#upTo = Number(given.upToNanoUsd);
    for (const [kind, price] of Object.entries(given.bounds)) this.#bounds[kind] = Number(price);
  }

  /** Whether it gives for so many milliseconds more. */
  isGiving(more: number): boolean {
    return this.#isOpen && performance.now() + more < this.#until;
  }

  /** Takes a call's bound out of it. @returns null where it is not to be had here */
  take(maxUnits: Units): Taken | null {
    const bound = this.#boundOf(maxUnits);
    const fits = this.#booked + this.#waiting + this.#underway + bound <= this.#upTo;
    // A kind without a price makes the bound no number, which fits nowhere.
    if (!fits || this.#records.length >= WAITING_AT_MOST || performance.now() >= this.#until) return null;
    this.#underway += bound;
    return new Taken(this, bound);
  }

  #boundOf(maxUnits: Units): number {
    let sum = maxUnits.request === undefined ? (this.#bounds.request ?? 0) : 0;
    for (const kind in maxUnits) {
      const quantity = maxUnits[kind] as number;
      if (quantity !== 0) sum += quantity < 0 ? Number.NaN : quantity * (this.#bounds[kind] as number);
    }
    return Math.ceil(sum / MILLION);
  }

  /** A call has ended. @param said what it used; null where it was not made, undefined where nobody knows */
  ended(bound: number, said: Said | null | undefined): void {
    if (said === undefined) this.#unknown += bound;
    else this.#underway -= bound;
    if (!said) return;
    this.#waiting += bound;
    const eventId = `${this.id}:${++this.#count}`;
    this.#records.push({ eventId, bound, record: { eventId, ...said } });
  }

  /**
   * Books what has ended, and hears how far it may go. One settlement at a time; one whose answer is lost is sent again with the next.
   * After its time there is one more, which closes it: that waits for the calls under way.
   */
  async settle(): Promise<void> {
    if (performance.now() >= this.#until && this.#underway > this.#unknown) return;
    this.#settling ??= this.#settleOnce().finally(() => {
      this.#settling = null;
    });
    await this.#settling;
  }

  async #settleOnce(): Promise<void> {
    do {
      const sent = this.#records.slice(0, AT_ONCE);
      const body = { underwayNanoUsd: String(this.#underway), records: sent.map((each) => each.record) };
      try {
        const said = (await this.#transport.once('POST', `leases/${this.id}/settle`, body)) as Record<
          'bookedNanoUsd' | 'upToNanoUsd',
          string
        > & {
          isOpen: boolean;
        };
        this.#booked = Number(said.bookedNanoUsd);
        this.#upTo = Number(said.upToNanoUsd);
        this.#isOpen &&= said.isOpen;
        this.#forget(sent);
      } catch (error) {
        if (!(error instanceof HardstopRejected)) return;
        this.#isOpen = false;
        this.#forget(sent);
        if (sent.length > 0) this.#transport.failed(error, this.id);
      }
    } while (this.#records.length >= AT_ONCE);
  }

  #forget(sent: Kept[]): void {
    this.#records = this.#records.slice(sent.length);
    for (const { bound } of sent) this.#waiting -= bound;
  }

  /** Ends it once nothing that will be accounted for is under way. @returns whether it has ended */
  async endWhenDone(): Promise<boolean> {
    if (this.#records.length > 0 || this.#underway > this.#unknown) return false;
    return this.end().then(
      () => true,
      (error: unknown) => error instanceof HardstopRejected,
    );
  }

  /** Settles what has ended and gives the rest back. @throws HardstopUnavailable · HardstopRejected */
  async end(): Promise<void> {
    await this.#settling;
    await this.settle();
    await this.#transport.once('DELETE', `leases/${this.id}`);
  }
}

/** What was taken for one call. The first of its ends counts. */
export class Taken {
  #share: Share | null;

  constructor(
    share: Share,
    private readonly bound: number,
  ) {
    this.#share = share;
  }

  /** The call has used this. */
  used(said: Said): void {
    this.#end(said);
  }

  /** The provider was not called: all of it goes back. */
  notCalled(): void {
    this.#end(null);
  }

  /** Nobody knows what the call used: it is presumed to have used all. */
  unknown(): void {
    this.#end(undefined);
  }

  #end(said: Said | null | undefined): void {
    this.#share?.ended(this.bound, said);
    this.#share = null;
  }

  /** As what was allowed looks to a call. */
  allowed(maxUnits: Units): Allowed {
    const { leaseId: holdId = '', expiresAt = '', provider = '', model = '' } = this.#share?.given ?? {};
    const heldNanoUsd = String(this.bound);
    return {
      holdId,
      heldNanoUsd,
      expiresAt,
      provider,
      model,
      routedBy: null,
      maxUnits,
      featuresOff: [],
      notCalled: () => this.notCalled(),
    };
  }
}
