import type { Deny, Reason } from '@/lib/spend/schema';
import type { KeyEnd } from './key-ends';
import type { Endpoint } from './wire/endpoint';

type Said = { status: 402 | 403 | 429; message: string };

const AGAIN = 'Trying again in a moment helps.';
const NOT_AGAIN = 'Trying again does not help.';

/** What the end of a budget is called to whoever calls: no amounts, no names of budgets. */
const SAID: Record<Reason, Said> = {
  stopped: { status: 402, message: `The AI budget of this workload is stopped. ${NOT_AGAIN}` },
  too_large: { status: 402, message: `This call could cost more than the AI budget of this workload has left. A smaller one may fit.` },
  busy: { status: 429, message: `The AI budget of this workload has its money set aside for calls under way. ${AGAIN}` },
  resuming: { status: 429, message: `This workload resumes in stages, and what it may spend now is used up. ${AGAIN}` },
  rate_limited: { status: 429, message: `A rate limit holds this workload back. ${AGAIN}` },
  blocked: { status: 403, message: `Paid calls of this workload are blocked. ${NOT_AGAIN}` },
  feature_disabled: { status: 403, message: `This feature is switched off. ${NOT_AGAIN}` },
  model_not_allowed: { status: 403, message: `This API key may not call this model. ${NOT_AGAIN}` },
  unpriced: { status: 403, message: `This model has no price here, and its budget refuses what it cannot price. ${NOT_AGAIN}` },
  unbounded: { status: 403, message: 'What this call can cost at most cannot be told.' },
};

const ANTHROPIC_TYPE = { 402: 'billing_error', 403: 'permission_error', 429: 'rate_limit_error' } as const;
const OPENAI_TYPE = { 402: 'insufficient_quota', 403: 'permission_denied', 429: 'rate_limit_exceeded' } as const;

/** Official clients sleep a whole `Retry-After`, however long: what is longer is asked again sooner. */
const RETRY_AFTER_AT_MOST = 5;

export type Refusal = Pick<Deny, 'reason'> & Partial<Pick<Deny, 'fallback' | 'retryAfterMs' | 'detail'>>;

/**
 * A refusal as the official clients of a wire understand it: a stop is 402, which none of them retries; what passes by itself is 429
 * with a short `Retry-After`; what a person has decided is 403. The fallback's message and link are in it, amounts are not.
 */
export function refusal(wire: Endpoint['wire'], { reason, fallback, retryAfterMs, detail }: Refusal, requestId: string): Response {
  const { status, message: said } = SAID[reason];
  const message = [reason === 'unbounded' ? (detail ?? said) : said, fallback?.message, fallback?.url].filter(Boolean).join(' ');
  const hardstop = { reason, fallback: fallback ?? null };
  const body =
    wire === 'openai'
      ? { error: { message, type: OPENAI_TYPE[status], code: `budget_${reason}`, param: null, hardstop } }
      : { type: 'error', error: { type: ANTHROPIC_TYPE[status], message, hardstop }, request_id: requestId };
  const headers: Record<string, string> = { 'x-should-retry': String(status === 429) };
  if (status === 429) headers['retry-after'] = String(Math.min(RETRY_AFTER_AT_MOST, Math.max(1, Math.ceil((retryAfterMs ?? 0) / 1_000))));
  return answered(status, body, headers, requestId);
}

/** An answer of ours in a wire's form of an error, for what is no refusal: the provider was not reached, or did not answer. */
export function failure(wire: Endpoint['wire'], status: 502 | 504, message: string, requestId: string): Response {
  const body =
    wire === 'openai'
      ? { error: { message, type: 'server_error', code: 'provider_unreachable', param: null } }
      : { type: 'error', error: { type: 'api_error', message }, request_id: requestId };
  return answered(status, body, {}, requestId);
}

/** The last event of a stream that is cut because its key has ended, in the wire's form of an error in mid-stream. */
export function cutShort(wire: Endpoint['wire'], why: KeyEnd, requestId: string): string {
  const message = `The API key of this call has ${why === 'revoked' ? 'been revoked' : 'expired'}. ${NOT_AGAIN}`;
  if (wire === 'openai')
    return `data: ${JSON.stringify({ error: { message, type: 'authentication_error', code: `key_${why}`, param: null } })}\n\n`;
  const error = { type: 'error', error: { type: 'authentication_error', message }, request_id: requestId };
  return `event: error\ndata: ${JSON.stringify(error)}\n\n`;
}

const answered = (status: number, body: unknown, headers: Record<string, string>, requestId: string): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-request-id': requestId, ...headers },
  });
