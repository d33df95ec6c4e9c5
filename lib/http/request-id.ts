import { localClock } from '@/lib/clock';
import { makeId } from '@/lib/kernel/ids';

const SANE = /^[\w.:-]{1,128}$/;

/** The caller's own `X-Request-Id` where it is harmless to repeat and to log, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && SANE.test(given) ? given : makeId('req', localClock());
}
