import { OutcomeUnknown } from '@/lib/db';
import { Fault, type FieldFault } from '@/lib/kernel/fault';

/** An error as RFC 9457 has it, with our stable code, the fields at fault and the request's id. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: FieldFault[];
  requestId: string;
};

const TITLES: Record<number, string> = {
  400: 'This could not be read',
  401: 'Who is asking?',
  403: 'Not allowed',
  404: 'Not found',
  405: 'No such method here',
  409: 'In the way of what is there',
  412: 'Someone else was first',
  413: 'Too large',
  415: 'Wrong type of content',
  422: 'Understood, but wrong',
  429: 'Slow down',
  500: 'Our mistake',
  503: 'Not now',
};

/** Status by code, looked up whole, then by what stands after the first dot; everything else a caller did wrong is 422. */
const STATUS: Record<string, number> = {
  'credentials.missing': 401,
  'credentials.malformed': 401,
  'credentials.invalid': 401,
  'key.not_live': 401,
  'right.missing': 403,
  'origin.foreign': 403,
  'budget.not_yours': 403,
  'join.not_found': 404,
  'method.not_allowed': 405,
  'etag.mismatch': 412,
  'setup.done': 409,
  'hold.not_open': 409,
  'hold.is_lease': 409,
  'split.not_advised': 409,
  'lead.not_delivered': 503,
  'lead.too_many': 429,
  'subscription.not_found': 404,
  'template.not_found': 404,
  'playbook.not_found': 404,
  'playbook.step_is_live': 409,
  'lease.not_found': 404,
  'lease.closed': 409,
  'lease.not_given': 409,
  'lease.dimension_missing': 422,
  'hold.settled_otherwise': 409,
  'usage.conflict': 409,
  'budget.raises_stop': 409,
  'budget.whole_stays': 409,
  'budget.observes': 409,
  'budget.no_period': 409,
  'stop.open_already': 409,
  'stop.no_room': 409,
  'link.expired': 409,
  'breach.closed': 409,
  'breach.not_closed': 409,
  'breach.open_already': 409,
  'price.raises_stop': 409,
  'stop.gate_closed': 409,
  'action.started_already': 409,
  'channel.not_live': 409,
  'provider.taken': 409,
  'provider.no_key': 409,
  'provider.other_wire': 404,
  'channel.no_mail_server': 409,
  'notice.not_dead': 409,
  'notice.channel_closed': 409,
  'grant.over_reserve': 409,
  'plan.closed': 409,
  'plan.not_yet': 409,
  'plan.already_there': 409,
  'plan.not_resuming': 409,
  'plan.first_step': 409,
  'plan.no_next_period': 409,
  'day.signed_off': 409,
  'grant.not_asked': 409,
  'grant.expired': 409,
  'grant.own': 403,
  'grant.needs_person': 403,
  'budget.grants_open': 409,
  'decisions.overloaded': 503,
  'sign_in.too_many': 429,
  'database.unavailable': 503,
  'database.not_migrated': 503,
  outcome_unknown: 503,
  '.not_found': 404,
  '.conflict': 409,
  '.taken': 409,
  '.not_open': 409,
  '.ended': 409,
  '.malformed': 400,
  '.mismatch': 422,
  '.too_large': 413,
  '.wrong_type': 415,
  '.too_many': 429,
  '.not_yours': 403,
};

/** The status that answers a fault's code. */
export const statusOf = (code: string): number => STATUS[code] ?? STATUS[code.slice(code.indexOf('.'))] ?? 422;

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '25P03',
  // Prisma's own names for the same: unreachable, too slow to answer, closed, no connection free, too many of them.
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
]);
const AWAY_TEXT =
  /connection (terminated|ended)|timeout exceeded when trying to connect|query read timeout|not queryable|client was closed/i;

/** Whether an error says that the database cannot be asked now (away, starting, out of connections, too slow). */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', syscall } = error as { code?: string; syscall?: string };
  const isSocketGone = code === 'ENOENT' && syscall === 'connect';
  return (
    isSocketGone ||
    AWAY.has(code) ||
    code.startsWith('08') ||
    code.startsWith('53') ||
    AWAY_TEXT.test(error.message) ||
    isDatabaseAway(error.cause)
  );
}

/** What a caller is told of anything thrown: a Fault as it is, a lost database as 503, a taken unique key as 409, a bug as no more than that. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof Fault) return error;
  if (error instanceof OutcomeUnknown) {
    const detail =
      'The connection to the database was lost while this was being written. Ask again with the same key or id to learn whether it was.';
    return new Fault('outcome_unknown', detail, { retryAfterSeconds: 1, cause: error });
  }
  if (isDatabaseAway(error)) {
    return new Fault('database.unavailable', 'The database cannot be asked at the moment. Nothing was changed; try again.', {
      retryAfterSeconds: 1,
      cause: error,
    });
  }
  if ((error as { code?: string } | null)?.code === '23505') {
    return new Fault('write.conflict', 'Someone else has just made the same thing. Look at what is there now.', { cause: error });
  }
  return null;
}

/** Writes a problem of a status, code and sentence. */
export function problemOf(code: string, status: number, detail: string, errors: FieldFault[], requestId: string): Problem {
  return { type: `urn:hardstop:problem:${code}`, title: TITLES[status] ?? 'Refused', status, detail, code, errors, requestId };
}

/** A fault as a problem: for answers that carry one inside (`items` of a batch). */
export const problemOfFault = (fault: Fault, requestId: string): Problem =>
  problemOf(fault.code, statusOf(fault.code), fault.message, fault.errors, requestId);

/** Anything thrown as the answer to a request. A bug says nothing of itself: its request id finds it in the log. */
export function problemResponse(error: unknown, requestId: string): Response {
  const fault = faultOf(error);
  const problem = fault
    ? problemOfFault(fault, requestId)
    : problemOf('internal', 500, 'Something went wrong on our side. Tell us the request id if it stays so.', [], requestId);
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer';
  if (fault?.retryAfterSeconds !== undefined) headers['retry-after'] = String(fault.retryAfterSeconds);
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
