import type { ServerResponse } from 'node:http';
import type { FlatHeaders } from './headers';

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Reading = ReturnType<Reader['read']>;

const WITHOUT_BODY = new Set([204, 205, 304]);
const AT_ONCE_CHUNKS = 8;

function flat(headers: Headers): FlatHeaders {
  const all: FlatHeaders = [];
  for (const [name, value] of headers) all.push(name, value);
  return all;
}

/** What can be read before the loop's next turn: all of a text that was made beforehand (then `pending` is null), little or nothing of a stream. */
async function readReady(reader: Reader): Promise<{ chunks: Uint8Array[]; pending: Reading | null }> {
  const chunks: Uint8Array[] = [];
  let turned: NodeJS.Immediate | undefined;
  const turn = new Promise<null>((resolve) => {
    turned = setImmediate(resolve, null);
  });
  for (;;) {
    const pending = reader.read();
    const result = await Promise.race([pending, turn]);
    if (result?.done) clearImmediate(turned);
    if (result?.done) return { chunks, pending: null };
    if (result === null) return { chunks, pending };
    chunks.push(result.value);
    if (chunks.length === AT_ONCE_CHUNKS) return { chunks, pending: reader.read() };
  }
}

/** Writes one chunk; resolves when the client can take more, or is gone. */
function write(to: ServerResponse, chunk: Uint8Array): Promise<void> | undefined {
  if (to.write(chunk) || to.destroyed) return undefined;
  return new Promise((resolve) => {
    const on = () => {
      to.off('drain', on).off('close', on);
      resolve();
    };
    to.on('drain', on).on('close', on);
  });
}

async function pour(reader: Reader, pending: Reading, to: ServerResponse): Promise<void> {
  for (let result = await pending; !result.done && !to.destroyed; result = await reader.read()) await write(to, result.value);
  to.end();
}

/**
 * Sends a door's answer. One that is there already goes out in one piece with its length; a stream goes chunk by chunk,
 * its head at once, no faster than the client takes it. When the client goes away the stream is cancelled; when the
 * stream fails the connection is cut, so that half an answer is not taken for a whole one.
 */
export async function respond(response: Response, to: ServerResponse): Promise<void> {
  const headers = flat(response.headers);
  const { body, status } = response;
  if (body === null || to.req.method === 'HEAD' || WITHOUT_BODY.has(status)) {
    await body?.cancel();
    if (body === null && !WITHOUT_BODY.has(status) && !response.headers.has('content-length')) headers.push('content-length', '0');
    to.writeHead(status, headers).end();
    return;
  }
  const reader = body.getReader();
  const gone = () => void reader.cancel(new Error('The client went away.')).catch(() => undefined);
  to.once('close', gone);
  const { chunks, pending } = await readReady(reader);
  if (to.destroyed) return gone();
  if (pending === null) {
    const whole = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
    if (!response.headers.has('content-length')) headers.push('content-length', String(whole.byteLength));
    to.writeHead(status, headers).end(whole);
    return;
  }
  to.writeHead(status, headers).flushHeaders();
  try {
    for (const chunk of chunks) await write(to, chunk);
    await pour(reader, pending, to);
  } catch (error) {
    to.destroy(error as Error);
  }
}
