import type { Ask } from './ask.js';
import { type Denied, errorOf, HardstopUnavailable } from './errors.js';
import { type Allowed, guarded, type Settling } from './guarded.js';
import { Lease, type LeaseAsk } from './lease.js';
import { type Options, Transport } from './transport.js';
import type { Used } from './usage.js';
import { type Happened, watch } from './watch.js';

/** Asks before a call, and settles it afterwards. One for a program is enough. */
export class Hardstop {
  readonly #transport: Transport;

  constructor(options: Options) {
    this.#transport = new Transport(options);
  }

  /**
   * Asks for a call, makes it if it is allowed, and books what it used: read from the answer of OpenAI, Anthropic or the AI SDK, of a
   * stream once it has ended. What is not known to be unused stays set aside, and is presumed spent when its hold runs out.
   * @param call makes the call with what was allowed
   * @returns the answer; a stream as a stream
   * @throws SpendStopped · SpendBusy · FeatureOff · SpendRefused before the call · HardstopUnavailable when nobody could be asked:
   *   then the call is not made · HardstopRejected · what `call` throws
   */
  async guard<Answer>(
    ask: Ask,
    call: (allowed: Allowed) => Promise<Answer> | Answer,
    settling: Settling<Awaited<Answer>> = {},
  ): Promise<Awaited<Answer>> {
    const allowed = await this.#authorize(ask);
    return guarded(allowed, call, settling.used, {
      settle: (used) => this.#settle(allowed, used, settling.outcome),
      release: () => this.#tell('release', allowed, {}),
      leave: () => undefined,
    });
  }

  /**
   * Holds some money for a while, on which calls are decided here, without a request for each. Where there is none to be had, or it is
   * used up, calls are asked for one by one.
   * @throws HardstopRejected where no lease can ever be had: a dimension is missing, a key is wrong
   */
  async lease(ask: LeaseAsk): Promise<Lease> {
    const lease = new Lease(this.#transport, ask, (each, call, settling) => this.guard(each, call, settling));
    await lease.open();
    return lease;
  }

  /**
   * What happens in the organisation, as it happens: a stop that is raised or lifted, an action that begins or ends. Reconnects by
   * itself and misses nothing; `reset` where it was away for too long. Ends when it is left, or by the signal.
   * @throws HardstopRejected where the key may not read
   */
  watch(options: { signal?: AbortSignal } = {}): AsyncGenerator<Happened, void, undefined> {
    return watch(this.#transport, options.signal);
  }

  async #authorize(ask: Ask): Promise<Allowed> {
    const body = { ...ask, idempotencyKey: ask.idempotencyKey ?? crypto.randomUUID() };
    const wait = this.#transport.timeoutMs + (ask.maxWaitMs ?? 0);
    const answer = (await this.#transport.post('authorize', body, wait)) as { decision: string } & Allowed & Denied;
    if (answer.decision === 'allow') return answer;
    if (answer.decision === 'deny') throw errorOf(answer);
    throw new HardstopUnavailable('The answer is not one of Hardstop.');
  }

  async #settle(allowed: Allowed, used: Used | undefined, outcome: Settling<never>['outcome']): Promise<void> {
    // What is not said is not guessed: the hold runs out and is presumed.
    if (!used) return this.#transport.failed(new Error('Nothing says what the call used.'), allowed.holdId);
    await this.#tell('settle', allowed, { ...used, provider: allowed.provider, ...(outcome ? { outcome } : {}) });
  }

  async #tell(what: 'settle' | 'release', { holdId }: Allowed, more: object): Promise<void> {
    try {
      await this.#transport.post(what, { holdId, ...more });
    } catch (error) {
      this.#transport.failed(error, holdId);
    }
  }
}
