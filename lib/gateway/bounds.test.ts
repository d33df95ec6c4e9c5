import { describe, expect, it } from 'vitest';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough } from './testing/calls';
import { json, standIn } from './testing/stand-in';
import { useFront } from './testing/through';
import { chatAnswer } from './testing/wires';

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
