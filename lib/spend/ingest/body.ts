import { z } from 'zod';
import { bodyBytes, mediaType, requireType } from '@/lib/http/body';
import { parsePart } from '@/lib/http/issues';
import { parseJson } from '@/lib/http/json';
import { Fault } from '@/lib/kernel/fault';
import { Unreadable } from './record';

/** How many records a request holds at most. */
export const MOST_RECORDS = 5_000;

const NDJSON = 'application/x-ndjson';
const LINE_END = 10;

/** The body of a JSON request; each record is read by itself, so that a bad one does not fail the others. */
export const usageIn = z.strictObject({ records: z.array(z.unknown()) });

/**
 * The records of a request: `{ "records": […] }`, or one JSON record a line (NDJSON), where a line that is no JSON is a bad record.
 * @throws Fault usage.too_large, body.wrong_type, body.too_large, body.malformed, request.invalid
 */
export async function readRecords(request: Request): Promise<unknown[]> {
  requireType(request, 'application/json', NDJSON);
  const bytes = await bodyBytes(request);
  const records = mediaType(request) === NDJSON ? readLines(bytes) : parsePart(usageIn, parseJson(bytes), 'body').records;
  if (records.length > MOST_RECORDS) throw tooMany();
  return records;
}

const tooMany = (): Fault => new Fault('usage.too_large', `Send at most ${MOST_RECORDS} records at once.`);

function readLines(bytes: Uint8Array): unknown[] {
  const records: unknown[] = [];
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(LINE_END, from);
    const until = found === -1 ? bytes.length : found;
    const line = bytes.subarray(from, until);
    if (line.some((byte) => byte > 32)) records.push(readLine(line));
    if (records.length > MOST_RECORDS) throw tooMany();
    from = until + 1;
  }
  return records;
}

function readLine(line: Uint8Array): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof Fault) return new Unreadable(error.message, Buffer.from(line.subarray(0, 1_000)).toString());
    throw error;
  }
}
