import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { env } from '@/lib/env';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** In tests an answer must be exactly what its schema says: a field too many or too few is a bug of ours. */
function check(schema: z.ZodType, answer: unknown): void {
  const { NODE_ENV, HARDSTOP_TEST } = env();
  if (NODE_ENV !== 'test' && !HARDSTOP_TEST) return;
  const sent = plain(answer);
  const parsed = schema.safeParse(sent);
  if (!parsed.success) throw new Error(`the answer does not fit its schema: ${parsed.error.message}`);
  if (!isDeepStrictEqual(plain(parsed.data), sent))
    throw new Error(`the answer has fields that its schema does not know: ${JSON.stringify(sent)}`);
}

/** An answer as JSON, never kept by caches; a resource's own `etag` is the header too. */
export function answerResponse(schema: z.ZodType, status: number, answer: unknown, requestId: string): Response {
  check(schema, answer);
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  };
  const { etag } = (answer ?? {}) as { etag?: unknown };
  if (typeof etag === 'string') headers.etag = etag;
  return new Response(JSON.stringify(answer), { status, headers });
}
