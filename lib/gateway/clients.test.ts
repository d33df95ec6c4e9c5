import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { patchProvider, postProvider } from '@/lib/provider/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { aRecord, knock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { chatDoor } from './doors';
import { PROVIDER_KEY, provide } from './testing/provided';
import { events, json, standIn } from './testing/stand-in';
import { booksOf, settledBooksOf, useFront } from './testing/through';
import { CHAT_COST, chatAnswer, chatEvents, MESSAGE_COST, messageAnswer, messageEvents, toolAnswer } from './testing/wires';

useDatabase();
const provider = standIn();
const front = useFront();

/** An organisation with a budget, a provider of each wire, and the official clients pointed at the gateway: a base URL and a key. */
async function clients(amount = '10'): Promise<{ org: UsageOrg; openai: OpenAI; anthropic: Anthropic }> {
  const org = await usageOrg([{ amount, workload: 'support-bot' }]);
  await provide(org, 'openai', provider.baseUrl());
  await provide(org, 'anthropic', provider.baseUrl());
  const defaultHeaders = { 'x-hardstop-workload': 'support-bot' };
  return {
    org,
    openai: new OpenAI({ apiKey: org.secret, baseURL: `${front()}/api/gateway/openai/v1`, defaultHeaders }),
    anthropic: new Anthropic({ apiKey: org.secret, authToken: null, baseURL: `${front()}/api/gateway/anthropic`, defaultHeaders }),
  };
}

const hello = [{ role: 'user' as const, content: 'Hello' }];
const CHAT = { model: 'gpt-4o', messages: hello };
const MESSAGE = { model: 'claude-sonnet-4-20250514', max_tokens: 200, messages: hello };

/** Spends all that a budget has, as reported usage does. */
async function used(org: UsageOrg): Promise<void> {
  const now = new Date().toISOString();
  const { json: said } = await knock(ingestUsageDoor, org, {
    body: { records: Array.from({ length: 40 }, () => aRecord(org, { occurredAt: now, units: { input: 100_000, output: 0 } })) },
  });
  expect(said).toMatchObject({ accepted: 40 });
}

describe('official clients', () => {
  it('work unchanged by base URL: a chat, and what it cost is on the books', async () => {
    const { org, openai } = await clients();
    provider.answers(json(chatAnswer()));
    const answer = await openai.chat.completions.create(CHAT);
    expect(answer.choices[0]?.message.content).toBe('Hello there.');
    expect(await booksOf(org)).toEqual({ held: 0n, charged: CHAT_COST, open: 0 });
    const [sent] = provider.received;
    expect(sent).toMatchObject({ path: '/v1/chat/completions', body: { model: 'gpt-4o', max_completion_tokens: 4_096 } });
    expect(sent?.headers.authorization).toBe(`Bearer ${PROVIDER_KEY}`);
    expect(JSON.stringify(sent)).not.toContain(org.secret);
  });

  it('a chat streams, and shows the usage only to whom asked for it', async () => {
    const { org, openai } = await clients();
    provider.answers(events(chatEvents()));
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of await openai.chat.completions.create({ ...CHAT, stream: true })) chunks.push(chunk);
    expect(chunks.map((each) => each.choices[0]?.delta.content ?? '').join('')).toBe('Hello there, "usage":null');
    expect(chunks.every((each) => each.choices.length === 1 && !('usage' in each))).toBe(true);
    expect(provider.received[0]?.body).toMatchObject({ stream_options: { include_usage: true } });
    expect(await settledBooksOf(org)).toMatchObject({ charged: CHAT_COST });
    const asking = await openai.chat.completions.create({ ...CHAT, stream: true, stream_options: { include_usage: true } });
    let usage: unknown;
    for await (const chunk of asking) usage = chunk.usage ?? usage;
    expect(usage).toMatchObject({ prompt_tokens: 900 });
  });

  it('a tool call comes through', async () => {
    const { openai } = await clients();
    provider.answers(json(toolAnswer()));
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object', properties: {} } } }];
    const answer = await openai.chat.completions.create({ ...CHAT, tools });
    expect(answer.choices[0]?.message.tool_calls?.[0]).toMatchObject({ function: { name: 'weather', arguments: '{"city":"Kiel"}' } });
  });

  it('messages, whole and streamed; two answers with one id are two calls', async () => {
    const { org, anthropic } = await clients();
    provider.answers(json(messageAnswer()));
    expect((await anthropic.messages.create(MESSAGE)).content[0]).toMatchObject({ text: 'Hello there.' });
    expect(await booksOf(org)).toEqual({ held: 0n, charged: MESSAGE_COST, open: 0 });
    provider.answers(events(messageEvents()));
    const message = await anthropic.messages.stream(MESSAGE).finalMessage();
    expect(message).toMatchObject({ content: [{ text: 'Hello there.' }], usage: { output_tokens: 45, input_tokens: 20 } });
    expect(await settledBooksOf(org)).toEqual({ held: 0n, charged: 2n * MESSAGE_COST, open: 0 });
    expect(provider.received[0]?.headers['x-api-key']).toBe(PROVIDER_KEY);
  });

  it('embeddings and responses are on the books, the list of models and the count of tokens cost nothing', async () => {
    const { org, openai, anthropic } = await clients();
    provider.answers(
      json({ object: 'list', data: [], model: 'text-embedding-3-small', usage: { prompt_tokens: 1_000, total_tokens: 1_000 } }),
    );
    await openai.embeddings.create({ model: 'text-embedding-3-small', input: 'Hello', encoding_format: 'float' });
    expect(await booksOf(org)).toEqual({ held: 0n, charged: 20_000n, open: 0 });
    const usage = { input_tokens: 100, output_tokens: 10, total_tokens: 110 };
    provider.answers(json({ id: 'resp_1', object: 'response', model: 'gpt-4o-2024-08-06', status: 'completed', output: [], usage }));
    await openai.responses.create({ model: 'gpt-4o', input: 'Hello' });
    expect(provider.received[0]?.body).toMatchObject({ max_output_tokens: 4_096 });
    const before = { held: 0n, charged: 20_000n + 100n * 2_500n + 10n * 10_000n, open: 0 };
    expect(await booksOf(org)).toEqual(before);
    provider.answers(json({ object: 'list', data: [{ id: 'gpt-4o', object: 'model' }] }));
    expect((await openai.models.list()).data).toMatchObject([{ id: 'gpt-4o' }]);
    provider.answers(json({ input_tokens: 12 }));
    expect(await anthropic.messages.countTokens({ model: MESSAGE.model, messages: hello })).toMatchObject({ input_tokens: 12 });
    expect(await booksOf(org)).toEqual(before);
  });
});

it('official clients do not retry a stop', async () => {
  const { org, openai, anthropic } = await clients();
  await used(org);
  provider.answers(json(chatAnswer()));
  const refused = await openai.chat.completions.create(CHAT).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenAI.APIError);
  expect(refused).toMatchObject({ status: 402, code: 'budget_stopped', type: 'insufficient_quota' });
  const refusedToo = await anthropic.messages.create(MESSAGE).catch((error: unknown) => error);
  expect(refusedToo).toMatchObject({ status: 402, error: { type: 'error', error: { type: 'billing_error' } } });
  expect(provider.received).toEqual([]);
  const [counted] = await reader().query('SELECT sum(calls)::int AS calls FROM refusal WHERE org_id = $1', [org.orgId]);
  expect(counted).toEqual({ calls: 2 });
});

it('a stop names a fallback and no amounts', async () => {
  const { org, openai } = await clients();
  await used(org);
  await reader().query(
    `UPDATE workload SET fallback_message = 'Write to the help desk.', fallback_url = 'https://help.example.com' WHERE org_id = $1`,
    [org.orgId],
  );
  const refused = (await openai.chat.completions.create(CHAT).catch((error: unknown) => error)) as { error: unknown };
  const fallback = { message: 'Write to the help desk.', url: 'https://help.example.com' };
  expect(refused.error).toMatchObject({ hardstop: { reason: 'stopped', fallback } });
  expect((refused.error as { message: string }).message).toContain(`${fallback.message} ${fallback.url}`);
  const said = JSON.stringify(refused.error);
  expect(said).not.toMatch(/\$|nano|usd|bud_|\d{3}/i);
});

it("another organisation's provider is not found, and its key is nobody else's to use", async () => {
  const { org } = await clients();
  const other = await usageOrg([{ amount: '10', workload: 'support-bot' }]);
  const body = { slug: 'vllm', wire: 'openai', baseUrl: provider.baseUrl(), apiKey: PROVIDER_KEY };
  expect((await knock(postProvider, org, { body })).status).toBe(201);
  provider.answers(json(chatAnswer()));
  const call = (slug: string, headers = {}) =>
    knock(chatDoor, other, { params: { provider: slug }, body: CHAT, headers: { 'x-hardstop-workload': 'support-bot', ...headers } });
  expect(await call('vllm')).toMatchObject({ status: 404, json: { code: 'provider.not_found' } });
  expect(await call('anthropic')).toMatchObject({ status: 404, json: { code: 'provider.other_wire' } });
  expect(await call('openai')).toMatchObject({ status: 409, json: { code: 'provider.no_key' } });
  expect(provider.received).toEqual([]);
  expect(await booksOf(other)).toEqual({ held: 0n, charged: 0n, open: 0 });
});

it('the caller may bring its own key, which no route carries to another provider', async () => {
  const org = await usageOrg([{ amount: '10', workload: 'support-bot' }]);
  expect((await knock(patchProvider, org, { params: { slug: 'openai' }, body: { baseUrl: provider.baseUrl() } })).status).toBe(200);
  provider.answers(json(chatAnswer()));
  const headers = { 'x-hardstop-workload': 'support-bot', 'x-hardstop-provider-key': 'sk-of-the-caller' };
  expect((await knock(chatDoor, org, { params: { provider: 'openai' }, body: CHAT, headers })).status).toBe(200);
  expect(provider.received[0]?.headers).toMatchObject({ authorization: 'Bearer sk-of-the-caller' });
  expect(Object.keys(provider.received[0]?.headers ?? {}).filter((name) => name.startsWith('x-hardstop'))).toEqual([]);
});
