import pino, { type Logger } from 'pino';
import { env } from '@/lib/env';

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
