import pino, { type Logger } from 'pino';
import { localClock } from '@/lib/clock';
import { env } from '@/lib/env';
import { makeId } from '@/lib/kernel/ids';

const held = globalThis as { hardstopHttpLog?: Logger };

const SECRET = ['authorization', 'cookie', 'password', 'secret', 'apiKey', 'token', 'joinUrl', 'connectionString'];

/** The log of requests, one JSON object a line; what could hold a secret is never written. */
export function httpLog(): Logger {
  held.hardstopHttpLog ??= pino({
    name: 'http',
    level: env().NODE_ENV === 'test' ? 'silent' : env().LOG_LEVEL,
    redact: SECRET.flatMap((name) => [name, `*.${name}`, `err.cause.${name}`]),
  });
  return held.hardstopHttpLog;
}

const SANE = /^[\w.:-]{1,128}$/;

/** The caller's own `X-Request-Id` where it is harmless to repeat and to log, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && SANE.test(given) ? given : makeId('req', localClock());
}
