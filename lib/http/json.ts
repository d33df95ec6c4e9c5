import { Fault } from '@/lib/kernel/fault';
import { BODY_LIMITS } from './body';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = new Set([91, 123]);
const CLOSE = new Set([93, 125]);

/** How many lists and objects lie in each other at most, without parsing: parsed first, a deep one would exhaust the stack of whoever walks it. */
function isTooDeep(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte >= 91) {
      if (OPEN.has(byte)) {
        if (++depth > limit) return true;
      } else if (CLOSE.has(byte)) depth--;
    }
  }
  return false;
}

// Postgres keeps neither NUL nor half a surrogate pair; JSON can write both, as escapes.
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

function refuseUnkeepable(text: string): void {
  if (text.includes('\0') || !text.isWellFormed())
    throw new Fault('body.malformed', 'The body has a text with a NUL character or half a surrogate pair; neither can be kept.');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Bytes as text. @throws Fault body.malformed when they are not UTF-8 */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new Fault('body.malformed', 'The body is not UTF-8.', { cause: error });
  }
}

/**
 * Parses JSON from outside.
 * @throws Fault body.malformed when it is not UTF-8, not JSON, deeper than 64, or has a text that no database keeps
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (isTooDeep(bytes, BODY_LIMITS.depth))
    throw new Fault('body.malformed', `The body has lists and objects more than ${BODY_LIMITS.depth} deep in each other.`);
  const text = textOf(bytes);
  const check = SUSPICIOUS.test(text)
    ? (key: string, value: unknown) => {
        refuseUnkeepable(key);
        if (typeof value === 'string') refuseUnkeepable(value);
        return value;
      }
    : undefined;
  try {
    return JSON.parse(text, check);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('body.malformed', 'The body is not JSON.', { cause: error });
  }
}

/** Parses one JSON value a line; blank lines are passed over. The index in a refusal is the line's. @throws Fault body.malformed */
export function parseLines(bytes: Uint8Array): unknown[] {
  const values: unknown[] = [];
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const found = bytes.indexOf(10, from);
    const until = found === -1 ? bytes.length : found;
    const part = bytes.subarray(from, until);
    if (part.some((byte) => byte > 32)) values.push(parseLine(part, line));
    from = until + 1;
  }
  return values;
}

function parseLine(part: Uint8Array, line: number): unknown {
  try {
    return parseJson(part);
  } catch (error) {
    if (error instanceof Fault) throw new Fault(error.code, `Line ${line}: ${error.message}`, { cause: error });
    throw error;
  }
}
