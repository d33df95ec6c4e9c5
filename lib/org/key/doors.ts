import { z } from 'zod';
import { door } from '@/lib/http/door';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { makeKey } from './make';
import { keyFrom, listKeys, readKey } from './reads';
import { keyIn, keyOut, madeKeyOut } from './schema';

const tag = 'API keys';

export const getKeys = door({
  method: 'GET',
  path: '/api/v1/api-keys',
  right: 'key.read',
  tag,
  summary: 'API keys, newest first; never their secrets.',
  query: z.strictObject({ ...pageQuery, state: keyOut.shape.state.optional() }),
  answer: pageOf(keyOut),
  run: (ctx, { query }) => listKeys(ctx, query),
});

export const getKey = door({
  method: 'GET',
  path: '/api/v1/api-keys/{id}',
  right: 'key.read',
  tag,
  summary: 'One API key.',
  params: z.object({ id: z.string().max(100) }),
  answer: keyOut,
  run: async (ctx, { params }) => keyFrom(await readKey(ctx, params.id), ctx.now),
});

export const postKey = door({
  method: 'POST',
  path: '/api/v1/api-keys',
  right: 'key.write',
  tag,
  summary: 'Make an API key. Its secret is in the answer, this once.',
  body: keyIn,
  answer: madeKeyOut,
  status: 201,
  isSecret: true,
  run: (ctx, { body }) => makeKey(ctx, body),
});
