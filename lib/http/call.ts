import type { FieldFault } from '@/lib/kernel/fault';
import type { Method } from './door';
import type { Problem } from './problems';

/** What `callApi` throws: the API's problem as the form needs it, or that the API could not be reached (`status` 0). */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly code: string;
  readonly status: number;
  /** A sentence that says what to do. */
  readonly detail: string;
  /** One entry a field at fault; `pointer` is its place in the body that was sent. */
  readonly errors: readonly FieldFault[];
  /** Finds the request in the log; null when it never arrived. */
  readonly requestId: string | null;

  constructor(problem: Pick<Problem, 'code' | 'status' | 'detail' | 'errors'> & { requestId: string | null }) {
    super(problem.detail);
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.errors = problem.errors;
    this.requestId = problem.requestId;
  }

  /** What is wrong with one field, for its `error`. @param pointer such as `/amount` · @returns undefined when nothing is */
  at(pointer: string): string | undefined {
    return this.errors.find((each) => each.pointer === pointer)?.detail;
  }
}

type CallOptions = {
  /** The `etag` of what is being changed: 412 `etag.mismatch` when someone else was first. */
  ifMatch?: string | undefined;
  /** For POSTs that create: the same key again gets the first one's answer. Made by `idempotencyKey`, once a form. */
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Asks the API from the browser, as the person who is signed in. Without an answer that can be read, the outcome of a write is not known.
 * @param path with its query, e.g. `/api/v1/budgets?state=all` · @param body sent as JSON; undefined sends none
 * @throws ApiProblem for every answer that is not a good one
 */
export async function callApi<Answer>(method: Method, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch;
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (options.signal !== undefined) init.signal = options.signal;
  const response = await fetch(path, init).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw unreachable(method);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as Answer;
  throw isProblem(answer) ? new ApiProblem(answer) : unreadable(response);
}

/** A key for `Idempotency-Key`. It needs no secure context, as `crypto.randomUUID` does. */
export function idempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer && Array.isArray((answer as Problem).errors);

function unreachable(method: Method): ApiProblem {
  const detail =
    method === 'GET'
      ? 'Hardstop could not be reached. Check the connection and try again.'
      : 'Hardstop could not be reached, so it is not known whether this was done. Look at what is there now before trying again.';
  return new ApiProblem({ code: 'network', status: 0, detail, errors: [], requestId: null });
}

const unreadable = (response: Response): ApiProblem =>
  new ApiProblem({
    code: 'unreadable',
    status: response.status,
    detail: `Something between here and Hardstop answered ${response.status} instead of it. Try again in a moment.`,
    errors: [],
    requestId: response.headers.get('x-request-id'),
  });
