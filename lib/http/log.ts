import pino, { type DestinationStream, type Logger } from 'pino';
import { localClock } from '@/lib/clock';
import { env } from '@/lib/env';
import { makeId } from '@/lib/kernel/ids';

const held = globalThis as { hardstopHttpLog?: Logger };

const SECRET = ['authorization', 'cookie', 'password', 'secret', 'apiKey', 'token', 'joinUrl', 'connectionString'];

/** The log of requests, one JSON object a line; what could hold a secret is never written. */
export function httpLog(): Logger {
  held.hardstopHttpLog ??= makeHttpLog(env().NODE_ENV === 'test' ? 'silent' : env().LOG_LEVEL);
  return held.hardstopHttpLog;
}

/** @param to where its lines go; absent: to the standard output */
function makeHttpLog(level: string, to?: DestinationStream): Logger {
  const options = { name: 'http', level, redact: SECRET.flatMap((name) => [name, `*.${name}`, `err.cause.${name}`]) };
  return to === undefined ? pino(options) : pino(options, to);
}

/** Has all of this process's requests logged in full to somewhere else: for tests of what is written. */
export function logAllTo(to: DestinationStream): void {
  held.hardstopHttpLog = makeHttpLog('trace', to);
}

const SANE = /^[\w.:-]{1,128}$/;

/** The caller's own `X-Request-Id` where it is harmless to repeat and to log, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && SANE.test(given) ? given : makeId('req', localClock());
}
