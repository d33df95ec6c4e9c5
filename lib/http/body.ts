import { createGunzip } from 'node:zlib';
import { Fault } from '@/lib/kernel/fault';

const MEBIBYTE = 1_048_576;
/** How much a body may weigh on the wire, and how much once unpacked. */
export const BODY_LIMITS = { sent: 10 * MEBIBYTE, unpacked: 64 * MEBIBYTE, depth: 64 };

const tooLarge = (limit: number, what: string) =>
  new Fault('body.too_large', `The body is larger than ${limit / MEBIBYTE} MiB ${what}. Send it in parts.`);

/** Counts while it reads: a body that says nothing of its length, or lies, is cut at the limit. */
async function* counted(chunks: AsyncIterable<Uint8Array>, limit: number, what: string): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit, what);
    yield chunk;
  }
}

async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const feed = (async () => {
    for await (const chunk of chunks) if (!gunzip.write(chunk)) await new Promise((drained) => gunzip.once('drain', drained));
    gunzip.end();
  })().catch((error: Error) => gunzip.destroy(error));
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('body.malformed', 'The body is not whole gzip, which Content-Encoding says it is.', { cause: error });
  } finally {
    gunzip.destroy();
    void feed;
  }
}

/**
 * The body's bytes as they come, unpacked, never more than the limits: for what is read piece by piece (imports, NDJSON).
 * @throws Fault body.too_large · body.wrong_type (an encoding other than gzip) · body.malformed (no gzip)
 */
export async function* bodyChunks(request: Request): AsyncGenerator<Uint8Array> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Fault('body.wrong_type', `Content-Encoding "${encoding}" is not understood: send gzip, or no encoding.`);
  if (request.body === null) return;
  const sent = counted(request.body as unknown as AsyncIterable<Uint8Array>, BODY_LIMITS.sent, 'as sent');
  yield* encoding === 'gzip' ? counted(unzipped(sent), BODY_LIMITS.unpacked, 'unpacked') : sent;
}

/** The whole body, unpacked. @throws Fault as `bodyChunks` */
export async function bodyBytes(request: Request): Promise<Uint8Array> {
  const length = request.headers.get('content-length');
  if (length !== null && Number(length) > BODY_LIMITS.sent) throw tooLarge(BODY_LIMITS.sent, 'as sent');
  // Node has already held the sender to this length: nothing is left to count.
  if (length !== null && request.headers.get('content-encoding') === null) return request.bytes();
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(request)) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

/** The media type of the body, without its parameters. */
export const mediaType = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** @throws Fault body.wrong_type unless the body is one of these media types */
export function requireType(request: Request, ...accepted: string[]): void {
  const type = mediaType(request);
  if (!accepted.includes(type)) throw new Fault('body.wrong_type', `Send ${accepted.join(' or ')}, not "${type}".`);
}
