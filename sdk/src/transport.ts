import { HardstopRejected, HardstopUnavailable } from './errors.js';

/** How to reach Hardstop. */
export type Options = {
  /** Where it is: `https://hardstop.example.com`. */
  baseUrl: string;
  /** A key of scope `spend:authorize`; to watch, of scope `read` too. */
  apiKey: string;
  /** How long one request may take, in milliseconds; 10,000 where it is not said. */
  timeoutMs?: number;
  /** Told when what a call used could not be booked. Nothing is lost: its hold becomes presumed spend. */
  onSettleFailed?: (error: unknown, holdId: string) => void;
  fetch?: typeof fetch;
};

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;

/** Waits so long, in milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms));

/** Requests to Hardstop, and what their answers mean. */
export class Transport {
  readonly timeoutMs: number;
  readonly #options: Options & { fetch: typeof fetch };

  constructor(options: Options) {
    this.timeoutMs = options.timeoutMs ?? 10_000;
    this.#options = { ...options, fetch: options.fetch ?? fetch, baseUrl: options.baseUrl.replace(/\/+$/, '') };
  }

  /** Says that something could not be booked. */
  failed(error: unknown, holdId: string): void {
    this.#options.onSettleFailed?.(error, holdId);
  }

  /** A request as it is sent; its answer may be anything. */
  send(path: string, init: RequestInit, headers: Record<string, string> = {}): Promise<Response> {
    const { baseUrl, apiKey, fetch: send } = this.#options;
    return send(`${baseUrl}/api/v1/${path}`, { ...init, headers: { authorization: `Bearer ${apiKey}`, ...headers } });
  }

  /** Posts until there is an answer: a lost one is asked for again, which with the same body is the same question. */
  async post(path: string, body: object, timeoutMs = this.timeoutMs, headers: Record<string, string> = {}): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.once('POST', path, body, timeoutMs, headers).catch((error: unknown) => error as Error);
      const isLost = answer instanceof HardstopUnavailable;
      if (answer instanceof Error && !(isLost && attempt < ATTEMPTS)) throw answer;
      if (!isLost) return answer;
      await pause(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }

  /** One request. @throws HardstopUnavailable where there is no answer · HardstopRejected where it is a refusal of the request */
  async once(
    method: 'POST' | 'DELETE',
    path: string,
    body?: object,
    timeoutMs = this.timeoutMs,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    let response: Response;
    let answer: unknown;
    try {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      response = await this.send(path, { method, ...sent, signal: AbortSignal.timeout(timeoutMs) }, { ...type, ...headers });
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
