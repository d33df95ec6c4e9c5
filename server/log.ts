import pino, { type Logger } from 'pino';
import { env } from '@/lib/env';

/** A process's own log, one JSON object a line. What could hold a secret is never written. */
export function logOf(name: string): Logger {
  return pino({
    name,
    level: env().LOG_LEVEL,
    redact: ['*.authorization', '*.cookie', '*.password', '*.secret', '*.apiKey', '*.connectionString', 'err.config'],
  });
}
