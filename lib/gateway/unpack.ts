import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const UNPACK = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

/**
 * An answer's bytes as they were meant. They are asked for unpacked; a provider that packs them all the same is read all the same,
 * and one that packs them in a way that is not known ends at once, as if it had been cut.
 */
export function unpacked(upstream: IncomingMessage): Readable {
  const encoding = (upstream.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return upstream;
  const make = UNPACK[encoding as keyof typeof UNPACK];
  if (!make) return upstream.destroy(new Error('the provider packs its answer in a way that is not known'));
  // Errors of either end reach whoever reads the end.
  return pipeline(upstream, make(), () => undefined);
}
