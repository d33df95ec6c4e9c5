import { type Denied, errorOf, HardstopRejected, HardstopUnavailable, NotCalled } from './errors.js';
import { StreamReader } from './stream.js';
import { type Units, type Used, usedBy } from './usage.js';

/** How to reach Hardstop. */
export type Options = {
  /** Where it is: `https://hardstop.example.com`. */
  baseUrl: string;
  /** A key of scope `spend:authorize`. */
  apiKey: string;
  /** How long one request may take, in milliseconds; 10,000 where it is not said. */
  timeoutMs?: number;
  /** Told when what a call used could not be booked. Nothing is lost: its hold becomes presumed spend. */
  onSettleFailed?: (error: unknown, holdId: string) => void;
  fetch?: typeof fetch;
};

/** What a call is, and the most that it can use. */
export type Ask = {
  workload: string;
  provider: string;
  model: string;
  /** Tokens: `{ input: 900, output: 500 }`. Send `output` to the provider as its limit: a bound is as good as its declaration. */
  maxUnits: Units & { input: number; output: number };
  /** The least output that the call can do with, where less may be allowed instead of refusing. */
  minOutput?: number;
  feature?: string;
  customer?: string;
  tags?: Record<string, string>;
  trafficStage?: 'experiment' | 'pilot' | 'ramp' | 'production';
  /** How long the hold lasts, in seconds; 600 where it is not said. */
  ttlSeconds?: number;
  /** How long Hardstop may wait for room, in milliseconds. */
  maxWaitMs?: number;
  /** The same key finds the same hold; one is made where it is absent. */
  idempotencyKey?: string;
};

/** What was allowed: call this model, with these limits. */
export type Allowed = {
  holdId: string;
  heldNanoUsd: string;
  expiresAt: string;
  provider: string;
  model: string;
  routedBy: string | null;
  maxUnits: Units;
  featuresOff: string[];
  /** States that the provider is not called: what was set aside goes back at once. Return or throw after it. */
  notCalled(): void;
};

/** How a guarded call is settled. */
export type Settling<Answer> = {
  /** What the answer used, where its shape is not one that is known. */
  used?: (answer: Answer) => Used | undefined;
  outcome?: 'success' | 'failure' | 'unknown';
};

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;
const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));
const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

type Pending = { totalUsage: PromiseLike<unknown>; response?: unknown };
const isPending = (answer: unknown): answer is Pending =>
  typeof (answer as { totalUsage?: { then?: unknown } } | null)?.totalUsage?.then === 'function';

/** Asks before a call, and settles it afterwards. One for a program is enough. */
export class Hardstop {
  readonly #options: Required<Pick<Options, 'timeoutMs' | 'fetch'>> & Options;

  constructor(options: Options) {
    this.#options = { timeoutMs: 10_000, ...options, fetch: options.fetch ?? fetch, baseUrl: options.baseUrl.replace(/\/+$/, '') };
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
    let isCalled = true;
    allowed.notCalled = () => {
      isCalled = false;
    };
    let answer: Awaited<Answer>;
    try {
      answer = await call(allowed);
    } catch (error) {
      if (!isCalled || error instanceof NotCalled) await this.#tell('release', allowed, {});
      throw error;
    }
    if (!isCalled) await this.#tell('release', allowed, {});
    else if (isPending(answer) && !settling.used) void this.#whenDone(answer, allowed, settling);
    else if (isStream(answer)) return this.#reading(answer, allowed, settling) as Awaited<Answer>;
    else await this.#settle(allowed, settling.used ? settling.used(answer) : usedBy(answer), settling.outcome);
    return answer;
  }

  /** AI SDK's `streamText` gives its answer at once, and what it used when the stream has been read. */
  async #whenDone(answer: Pending, allowed: Allowed, settling: Settling<never>): Promise<void> {
    const ended = await Promise.all([answer.totalUsage, answer.response]).catch(() => null);
    await this.#settle(allowed, ended ? usedBy({ totalUsage: ended[0], response: ended[1] }) : undefined, settling.outcome);
  }

  /** The same stream, read on its way: settled in the end, at the reader's leaving too. */
  #reading(stream: AsyncIterable<unknown>, allowed: Allowed, settling: Settling<never>): AsyncIterable<unknown> {
    const settle = (reader: StreamReader) => this.#settle(allowed, reader.used(), settling.outcome);
    const iterator = async function* () {
      const reader = new StreamReader();
      try {
        for await (const event of stream) {
          reader.take(event);
          yield event;
        }
      } finally {
        await settle(reader);
      }
    };
    let once: AsyncGenerator<unknown> | undefined;
    return new Proxy(stream, {
      get(target, name) {
        if (name === Symbol.asyncIterator) return () => (once ??= iterator());
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  async #authorize(ask: Ask): Promise<Allowed> {
    const body = { ...ask, idempotencyKey: ask.idempotencyKey ?? crypto.randomUUID() };
    const wait = this.#options.timeoutMs + (ask.maxWaitMs ?? 0);
    const answer = (await this.#post('authorize', body, wait)) as { decision: string } & Allowed & Denied;
    if (answer.decision === 'allow') return answer;
    if (answer.decision === 'deny') throw errorOf(answer);
    throw new HardstopUnavailable('The answer is not one of Hardstop.');
  }

  async #settle(allowed: Allowed, used: Used | undefined, outcome: Settling<never>['outcome']): Promise<void> {
    // An answer that says nothing is not guessed: the hold runs out and is presumed.
    if (!used) return this.#failed(new Error('The answer says nothing of what it used.'), allowed);
    await this.#tell('settle', allowed, { ...used, provider: allowed.provider, ...(outcome ? { outcome } : {}) });
  }

  async #tell(what: 'settle' | 'release', { holdId }: Allowed, more: object): Promise<void> {
    try {
      await this.#post(what, { holdId, ...more }, this.#options.timeoutMs);
    } catch (error) {
      this.#failed(error, { holdId });
    }
  }

  #failed(error: unknown, { holdId }: { holdId: string }): void {
    this.#options.onSettleFailed?.(error, holdId);
  }

  /** Posts until there is an answer: a lost one is asked for again, which with the same body is the same question. */
  async #post(what: string, body: object, timeoutMs: number): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(what, body, timeoutMs).catch((error: unknown) => error as Error);
      const isLost = answer instanceof HardstopUnavailable;
      if (answer instanceof Error && !(isLost && attempt < ATTEMPTS)) throw answer;
      if (!isLost) return answer;
      await pause(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }

  async #once(what: string, body: object, timeoutMs: number): Promise<unknown> {
    const { baseUrl, apiKey, fetch: send } = this.#options;
    let response: Response;
    let answer: unknown;
    try {
      response = await send(`${baseUrl}/api/v1/${what}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      answer = await response.json();
    } catch (cause) {
      throw new HardstopUnavailable('Hardstop could not be asked.', { cause });
    }
    if (response.ok) return answer;
    const { status } = response;
    const problem = { code: 'unknown', detail: `Hardstop answered ${status}.`, ...(answer as object), status };
    if (status >= 500 || status === 429) throw new HardstopUnavailable(problem.detail, { cause: problem });
    throw new HardstopRejected(problem);
  }
}
