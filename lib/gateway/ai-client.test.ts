import { setTimeout as sleep } from 'node:timers/promises';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, generateText, jsonSchema, streamText, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { makeActionDoor } from '@/lib/containment/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { aRecord, knock, type UsageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { callsThrough } from './testing/calls';
import { events, json, standIn } from './testing/stand-in';
import { booksOf, settledBooksOf, useFront } from './testing/through';
import {
  CHAT_COST,
  chatAnswer,
  chatEvents,
  MESSAGE_COST,
  messageAnswer,
  messageEvents,
  RESPONSES_COST,
  responsesAnswer,
  responsesEvents,
  toolAnswer,
} from './testing/wires';

useDatabase();
const provider = standIn();
const front = useFront();
const { provided } = callsThrough(front, provider);

/** An organisation, and the AI SDK pointed at the gateway: a base URL and a key. `sent` is how many requests it has made. */
async function models(amount = '10', headers: Record<string, string> = {}) {
  const org = await provided(amount);
  let count = 0;
  const counting: typeof fetch = (...asked) => {
    count++;
    return fetch(...asked);
  };
  const settings = { apiKey: org.secret, headers: { 'x-hardstop-workload': 'support-bot', ...headers }, fetch: counting };
  const openai = createOpenAI({ ...settings, baseURL: `${front()}/api/gateway/openai/v1` });
  const anthropic = createAnthropic({ ...settings, baseURL: `${front()}/api/gateway/anthropic/v1` });
  const claude = anthropic('claude-sonnet-4-20250514');
  return { org, openai, chat: openai.chat('gpt-4o'), responses: openai('gpt-4o'), claude, sent: () => count };
}

const ask = { prompt: 'Hello', maxOutputTokens: 200 };
const refused = (asked: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(asked).then(
    () => null,
    (error: unknown) => error,
  );

/** Switches a containment action on for the workload. */
async function contain(org: UsageOrg, part: Record<string, unknown>): Promise<void> {
  const body = { scope: { workload: 'support-bot' }, reason: 'A loop', ...part };
  expect((await knock(makeActionDoor, org, { body })).status).toBe(201);
}

/** Spends all that a budget has, as reported usage does. */
async function used(org: UsageOrg): Promise<void> {
  const occurredAt = new Date().toISOString();
  const records = Array.from({ length: 40 }, () => aRecord(org, { occurredAt, units: { input: 100_000, output: 0 } }));
  expect((await knock(ingestUsageDoor, org, { body: { records } })).json).toMatchObject({ accepted: 40 });
}

describe('the AI SDK works unchanged by base URL', () => {
  it('a whole text, of each wire, is on the books', async () => {
    const { org, chat, responses, claude } = await models();
    provider.answers(json(chatAnswer()));
    expect(await generateText({ ...ask, model: chat })).toMatchObject({
      text: 'Hello there.',
      usage: { inputTokens: 900, outputTokens: 60 },
    });
    expect(await booksOf(org)).toEqual({ held: 0n, charged: CHAT_COST, open: 0 });
    provider.answers(json(responsesAnswer()));
    expect((await generateText({ ...ask, model: responses })).text).toBe('Hello there.');
    expect(provider.received[0]).toMatchObject({ path: '/v1/responses', body: { max_output_tokens: 200 } });
    expect(await booksOf(org)).toEqual({ held: 0n, charged: CHAT_COST + RESPONSES_COST, open: 0 });
    provider.answers(json(messageAnswer()));
    expect((await generateText({ ...ask, model: claude })).text).toBe('Hello there.');
    expect(await booksOf(org)).toEqual({ held: 0n, charged: CHAT_COST + RESPONSES_COST + MESSAGE_COST, open: 0 });
  });

  it('a streamed text, of each wire, is on the books', async () => {
    const { org, chat, responses, claude } = await models();
    const wires = [
      { model: chat, sent: chatEvents(), cost: CHAT_COST, text: 'Hello there, "usage":null' },
      { model: responses, sent: responsesEvents(), cost: RESPONSES_COST, text: 'Hello there.' },
      { model: claude, sent: messageEvents(), cost: MESSAGE_COST, text: 'Hello there.' },
    ];
    let charged = 0n;
    for (const { model, sent, cost, text } of wires) {
      provider.answers(events(sent));
      const parts: string[] = [];
      for await (const part of streamText({ ...ask, model }).textStream) parts.push(part);
      expect(parts.join('')).toBe(text);
      expect(parts.length).toBeGreaterThan(1);
      charged += cost;
      expect(await settledBooksOf(org)).toEqual({ held: 0n, charged, open: 0 });
    }
  });

  it('a tool is called, and its result sent: two calls on the books', async () => {
    const { org, chat } = await models();
    provider.answers(async (received, response) => {
      const answer = JSON.stringify(received.body.messages).includes('"tool"') ? chatAnswer() : toolAnswer();
      await json(answer)(received, response);
    });
    const asked: unknown[] = [];
    const weather = tool({
      inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
      execute: async (input) => {
        asked.push(input);
        return 'Rain';
      },
    });
    const first = await generateText({ ...ask, model: chat, tools: { weather } });
    expect(first.toolCalls).toMatchObject([{ toolName: 'weather', input: { city: 'Kiel' } }]);
    const messages = [{ role: 'user' as const, content: 'Hello' }, ...first.response.messages];
    expect((await generateText({ model: chat, messages, tools: { weather } })).text).toBe('Hello there.');
    expect(asked).toEqual([{ city: 'Kiel' }]);
    expect(await booksOf(org)).toEqual({ held: 0n, charged: 2n * CHAT_COST, open: 0 });
  });
});

describe('the AI SDK and refusals', () => {
  it('a stop is not retried: one request, whole or streamed', async () => {
    const { org, chat, responses, claude, sent } = await models();
    await used(org);
    provider.answers(json(chatAnswer()));
    let requests = 0;
    for (const model of [chat, responses, claude]) {
      const error = await refused(generateText({ ...ask, model }));
      expect(APICallError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ statusCode: 402, isRetryable: false, message: expect.stringContaining('is stopped') });
      expect(sent()).toBe(++requests);
      const told: unknown[] = [];
      await streamText({ ...ask, model, onError: ({ error }) => void told.push(error) }).consumeStream();
      expect(told).toMatchObject([{ statusCode: 402, isRetryable: false }]);
      expect(sent()).toBe(++requests);
    }
    expect(provider.received).toEqual([]);
  });

  it('what a person has decided, or nobody can bound, is not retried either', async () => {
    provider.answers(json(chatAnswer()));
    const refusals = [
      { code: 'budget_too_large', status: 402, amount: '0.001' },
      { code: 'budget_blocked', status: 403, action: { kind: 'block' } },
      { code: 'budget_feature_disabled', status: 403, action: { kind: 'disable_feature', params: { feature: 'images' } } },
      { code: 'budget_unpriced', status: 403, model: 'nobody-knows-me' },
      { code: 'budget_unbounded', status: 403, tier: 'priority' },
    ];
    for (const { code, status, amount, action, model, tier } of refusals) {
      const { org, openai, sent } = await models(amount, { 'x-hardstop-feature': 'images' });
      if (action) await contain(org, action);
      const providerOptions: Record<string, Record<string, string>> = tier === undefined ? {} : { openai: { serviceTier: tier } };
      const error = await refused(generateText({ ...ask, model: openai.chat(model ?? 'gpt-4o'), providerOptions }));
      expect(error, code).toMatchObject({ statusCode: status, isRetryable: false, data: { error: { code } } });
      expect(sent(), code).toBe(1);
      expect(await booksOf(org)).toMatchObject({ held: 0n, charged: 0n, open: 0 });
    }
    expect(provider.received).toEqual([]);
  });

  it('a rate limit is waited for', async () => {
    const { org, chat, sent } = await models();
    // Three seconds apart: longer than the gateway itself waits.
    await contain(org, { kind: 'rate_limit', params: { callsPerMinute: 20 } });
    provider.answers(json(chatAnswer()));
    for (let i = 0; i < 2; i++) expect((await generateText({ ...ask, model: chat })).text).toBe('Hello there.');
    expect(sent()).toBe(3);
    expect(await booksOf(org)).toEqual({ held: 0n, charged: 2n * CHAT_COST, open: 0 });
  });

  it('a budget that is only busy is waited for', async () => {
    // Room for one worst case at a time, and a first call that takes longer than the gateway itself waits.
    const { org, chat, sent } = await models('0.008');
    provider.answers(async (received, response) => {
      await sleep(provider.received.length === 1 ? 2_600 : 0);
      await json(chatAnswer({ prompt_tokens: 10, completion_tokens: 5 }))(received, response);
    });
    const first = generateText({ ...ask, model: chat });
    await expect.poll(() => provider.received.length, { interval: 5 }).toBe(1);
    const second = await generateText({ ...ask, model: chat });
    expect([(await first).text, second.text]).toEqual(['Hello there.', 'Hello there.']);
    expect(sent()).toBe(3);
    expect(await booksOf(org)).toMatchObject({ held: 0n, open: 0 });
  });
});
