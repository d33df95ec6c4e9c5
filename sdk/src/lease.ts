import type { Ask } from './ask.js';
import { HardstopRejected } from './errors.js';
import { type Allowed, guarded, type Settling } from './guarded.js';
import { Share, type ShareGiven, type Taken } from './share.js';
import type { Transport } from './transport.js';
import type { Units } from './usage.js';

/** What the calls of a lease are for. Name every dimension that a budget looks at. */
export type LeaseAsk = Pick<Ask, 'workload' | 'provider' | 'model' | 'feature' | 'customer' | 'tags' | 'trafficStage'> & {
  /** The most to hold at a time, nano-dollars; a dollar where it is not said. It is never more than a second of recent spend. */
  amountNanoUsd?: string;
};

/** What a call under a lease can use at most. */
export type LeasedAsk = Pick<Ask, 'maxUnits' | 'minOutput' | 'maxWaitMs' | 'ttlSeconds'>;

type Guard = <Answer>(
  ask: Ask,
  call: (allowed: Allowed) => Promise<Answer> | Answer,
  settling?: Settling<Awaited<Answer>>,
) => Promise<Awaited<Answer>>;

const SETTLE_EVERY_MS = 1_000;
const HURRY_EVERY_MS = 50;
/** So long before its end a lease gives nothing more, and the next one is asked for. */
const END_MS = 5_000;
const WANTED = '1000000000';

/**
 * Money on which calls are decided here: each decision is a comparison of numbers. It is settled every second, and renewed while there
 * is any to be had. Of one whose process dies Hardstop presumes a second of spend.
 */
export class Lease {
  readonly #transport: Transport;
  readonly #ask: LeaseAsk;
  readonly #guard: Guard;
  #share: Share | null = null;
  /** Shares that give nothing more and still have calls under way. */
  readonly #ending = new Set<Share>();
  #asking: Promise<void> | null = null;
  #hurryFrom = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param guard asks for a call by itself */
  constructor(transport: Transport, ask: LeaseAsk, guard: Guard) {
    this.#transport = transport;
    this.#ask = ask;
    this.#guard = guard;
  }

  /** Asks for the first share, and settles every second from now on. @throws HardstopRejected */
  async open(): Promise<void> {
    await this.#renew();
    this.#timer = setInterval(() => void this.#tick().catch(() => undefined), SETTLE_EVERY_MS);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /**
   * Decides on a call: takes its bound out of what is held. Settle what is taken with `used`, or give it back with `notCalled`.
   * @param maxUnits the most that the call can use · @returns null where it is to be asked for instead: see `guard`
   */
  take(maxUnits: Units & { input: number; output: number }): Taken | null {
    const share = this.#share;
    if (share === null) return null;
    const taken = share.take(maxUnits);
    if (taken === null && performance.now() >= this.#hurryFrom) void this.#hurry(share);
    return taken;
  }

  /** Decides on a call here, or asks for it where that is not possible, makes it, and books what it used. As `Hardstop.guard`. */
  async guard<Answer>(
    ask: LeasedAsk,
    call: (allowed: Allowed) => Promise<Answer> | Answer,
    settling: Settling<Awaited<Answer>> = {},
  ): Promise<Awaited<Answer>> {
    const taken = this.take(ask.maxUnits);
    if (taken === null) {
      const { amountNanoUsd: _, ...purpose } = this.#ask;
      return this.#guard({ ...purpose, ...ask }, call, settling);
    }
    const { outcome } = settling;
    return guarded(taken.allowed(ask.maxUnits), call, settling.used, {
      settle: async (used) => (used ? taken.used({ ...used, ...(outcome ? { outcome } : {}) }) : taken.unknown()),
      release: async () => taken.notCalled(),
      leave: () => taken.unknown(),
    });
  }

  /** Settles what has ended and gives the rest back. What is under way is presumed spent: wait for calls first. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#asking;
    this.#retire();
    for (const share of this.#ending) await share.end().catch((error: unknown) => this.#transport.failed(error, share.id));
    this.#ending.clear();
  }

  /** Every second: settles, renews what gives nothing more, and ends what has nothing under way. */
  async #tick(): Promise<void> {
    if (this.#share && !this.#share.isGiving(END_MS)) this.#retire();
    const settling = [...(this.#share ? [this.#share] : []), ...this.#ending].map(async (share) => {
      await share.settle();
      if (this.#ending.has(share) && (await share.endWhenDone())) this.#ending.delete(share);
    });
    if (this.#share === null) settling.push(this.#renew().catch(() => undefined));
    await Promise.all(settling);
  }

  /** What is held is used up before its second is over: it is settled at once, though not without end. */
  async #hurry(share: Share): Promise<void> {
    this.#hurryFrom = performance.now() + HURRY_EVERY_MS;
    await share.settle();
    if (!share.isGiving(END_MS) && this.#share === share) this.#retire();
  }

  #retire(): void {
    if (this.#share) this.#ending.add(this.#share);
    this.#share = null;
  }

  /** Asks for a share. Where there is none to be had now, there may be one in a second. @throws HardstopRejected where there never is */
  #renew(): Promise<void> {
    this.#asking ??= this.#open().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #open(): Promise<void> {
    const begun = performance.now();
    const headers = { 'idempotency-key': crypto.randomUUID() };
    try {
      const given = (await this.#transport.post('leases', { amountNanoUsd: WANTED, ...this.#ask }, undefined, headers)) as ShareGiven;
      if (given.decision === 'allow') this.#share = new Share(this.#transport, given, begun);
    } catch (error) {
      if (error instanceof HardstopRejected && error.code !== 'lease.not_given') throw error;
    }
  }
}
