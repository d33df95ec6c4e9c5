import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { postKey } from '@/lib/org/key/doors';
import { knock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough, MESSAGE } from './testing/calls';
import { json, standIn } from './testing/stand-in';
import { settledBooksOf, useFront } from './testing/through';
import { CHAT_COST, chatAnswer, chatEvents } from './testing/wires';

useDatabase();
const provider = standIn();
const { call, provided } = callsThrough(useFront(), provider);

describe('unbounded', () => {
  it.each([
    ['a field that is not known', { web_search_options: {} }],
    ['a tool of the provider', { tools: [{ type: 'web_search' }] }],
    ['sound', { modalities: ['text', 'audio'], audio: { voice: 'a', format: 'wav' } }],
    ['a file that the provider keeps', { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }] }],
    ['a dearer tier', { service_tier: 'priority' }],
  ])('%s is refused and never passed on', async (_, part) => {
    const org = await provided();
    provider.answers(json(chatAnswer()));
    const response = await call(org, 'openai/v1/chat/completions', { ...CHAT, ...part });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'budget_unbounded', hardstop: { reason: 'unbounded' } } });
    expect(provider.received).toEqual([]);
  });

  it('the number of choices counts, and a limit that is sent is never above what was allowed', async () => {
    const org = await provided('0.05');
    provider.answers(json(chatAnswer()));
    expect((await call(org, 'openai/v1/chat/completions', { ...CHAT, stream: false, n: 100 })).status).toBe(402);
    expect((await call(org, 'openai/v1/chat/completions', { ...CHAT, stream: false, max_completion_tokens: 9 })).status).toBe(200);
    expect(provider.received[0]?.body).toMatchObject({ max_tokens: 100, max_completion_tokens: 9 });
  });
});

it('a model that the key may not call is refused in the wire’s form, and never passed on', async () => {
  const org = await provided();
  provider.answers(json(chatAnswer()));
  const models = [{ provider: 'openai', model: 'gpt-4o-mini' }];
  const { json: key } = await knock(postKey, org, { body: { name: 'pinned', scopes: ['gateway'], pins: { models } } });
  const pinned = { ...org, secret: key.secret as string };
  const refused = await call(pinned, 'openai/v1/chat/completions', { ...CHAT, stream: false });
  expect([refused.status, refused.headers.get('x-should-retry')]).toEqual([403, 'false']);
  expect(await refused.json()).toMatchObject({ error: { code: 'budget_model_not_allowed', type: 'permission_denied' } });
  const other = await call(pinned, 'anthropic/v1/messages', MESSAGE);
  expect([other.status, await other.json()]).toMatchObject([403, { type: 'error', error: { type: 'permission_error' } }]);
  expect(provider.received).toEqual([]);
  expect((await call(pinned, 'openai/v1/chat/completions', { ...CHAT, stream: false, model: 'gpt-4o-mini' })).status).toBe(200);
});

describe('an answer that comes packed though it was asked for unpacked', () => {
  const packing =
    (text: string, headers: Record<string, string>, pack: (bytes: Buffer) => Buffer = gzipSync) =>
    (_: unknown, response: ServerResponse) =>
      void response.writeHead(200, headers).end(pack(Buffer.from(text)));

  it('is unpacked, passed on, and on the books', async () => {
    const org = await provided();
    const type = { 'content-type': 'application/json' };
    let charged = 0n;
    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const) {
      provider.answers(packing(JSON.stringify(chatAnswer()), { ...type, 'content-encoding': encoding }, pack));
      const response = await call(org, 'openai/v1/chat/completions', { ...CHAT, stream: false });
      expect(await response.json()).toEqual(chatAnswer());
      charged += CHAT_COST;
      expect(await settledBooksOf(org)).toMatchObject({ charged });
    }
    provider.answers(packing(chatEvents().join(''), { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }));
    expect(await (await call(org, 'openai/v1/chat/completions', CHAT)).text()).toContain('[DONE]');
    expect(await settledBooksOf(org)).toMatchObject({ charged: charged + CHAT_COST });
  });

  it('in a way that is not known is the worst that it can have been', async () => {
    const org = await provided();
    provider.answers(packing('{}', { 'content-type': 'application/json', 'content-encoding': 'zpaq' }));
    expect((await call(org, 'openai/v1/chat/completions', { ...CHAT, stream: false })).status).toBe(502);
    expect((await settledBooksOf(org)).charged).toBeGreaterThanOrEqual(1_000n * 2_500n + 100n * 10_000n);
  });
});
