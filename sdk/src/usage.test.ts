import { describe, expect, it } from 'vitest';
import { unitsOfAnthropic } from '@/lib/ledger/units/anthropic';
import { unitsOfOpenAiChat } from '@/lib/ledger/units/openai-chat';
import { toolCallsOfOpenAiResponse, unitsOfOpenAiResponses } from '@/lib/ledger/units/openai-responses';
import { StreamReader } from './stream.js';
import { usedBy } from './usage.js';

const CHAT = {
  prompt_tokens: 900,
  completion_tokens: 60,
  prompt_tokens_details: { cached_tokens: 400, cache_write_tokens: 15, audio_tokens: 20, image_tokens: 70 },
  completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 0, image_tokens: 5 },
};
const DEEPSEEK = { prompt_tokens: 90, completion_tokens: 6, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 26 };
const RESPONSES = {
  input_tokens: 3_280,
  input_tokens_details: { cached_tokens: 2_048, cache_write_tokens: 100, audio_tokens: 40, image_tokens: 85 },
  output_tokens: 1_211,
  output_tokens_details: { reasoning_tokens: 1_088, audio_tokens: 7, image_tokens: 9 },
};
const ITEMS = [{ type: 'web_search_call' }, { type: 'message' }, { type: 'file_search_call' }, { type: 'web_search_call' }];
const MESSAGE = {
  input_tokens: 21,
  cache_creation_input_tokens: 5_556,
  cache_read_input_tokens: 188_086,
  cache_creation: { ephemeral_5m_input_tokens: 556, ephemeral_1h_input_tokens: 5_000 },
  output_tokens: 393,
  server_tool_use: { web_search_requests: 2 },
};
const responsesUnits = unitsOfOpenAiResponses(RESPONSES);
const withoutZeros = (units: object = {}) => Object.fromEntries(Object.entries(units).filter(([, value]) => value !== 0));
const serverSays = (reading: { kind: string; units?: object }) => withoutZeros(reading.units);

describe('what an answer used is read as the server reads it', () => {
  it.each([
    ['a chat', { id: 'chatcmpl-1', model: 'gpt-4o', usage: CHAT }, unitsOfOpenAiChat(CHAT)],
    ['embeddings', { model: 'm', usage: { prompt_tokens: 7 } }, unitsOfOpenAiChat({ prompt_tokens: 7 })],
    ["DeepSeek's chat", { model: 'm', usage: DEEPSEEK }, unitsOfOpenAiChat(DEEPSEEK)],
    ['responses', { id: 'resp_1', model: 'gpt-4o', usage: RESPONSES }, responsesUnits],
    [
      'responses with searches, which are billed beside their tokens',
      { id: 'resp_1', output: ITEMS, usage: RESPONSES },
      { ...responsesUnits, units: { ...(responsesUnits as { units: object }).units, ...toolCallsOfOpenAiResponse(ITEMS) } },
    ],
    ['a message', { id: 'msg_1', type: 'message', model: 'claude-sonnet-4', usage: MESSAGE }, unitsOfAnthropic(MESSAGE)],
  ])('%s', (_, answer, reading) => expect(withoutZeros(usedBy(answer)?.units)).toEqual(serverSays(reading)));

  it("the AI SDK's own shape", () => {
    const usage = {
      inputTokens: 900,
      outputTokens: 60,
      inputTokenDetails: { cacheReadTokens: 400 },
      outputTokenDetails: { reasoningTokens: 30 },
    };
    expect(usedBy({ text: 'Hello', usage, response: { id: 'r', modelId: 'gpt-4o' } })).toEqual({
      units: { input: 500, input_cache_read: 400, output: 30, output_reasoning: 30 },
      model: 'gpt-4o',
      responseId: 'r',
    });
  });
});

it('an explicit zero is used, and what says nothing or cannot be true is not', () => {
  expect(usedBy({ usage: { prompt_tokens: 0, completion_tokens: 0 } })?.units).toEqual({ input: 0, output: 0 });
  expect(usedBy({ text: 'Hello' })).toBeUndefined();
  expect(usedBy(null)).toBeUndefined();
  expect(usedBy({ usage: { prompt_tokens: 5, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 6 } } })).toBeUndefined();
  expect(usedBy({ usage: { prompt_tokens: -5, completion_tokens: 1 } })).toBeUndefined();
});

/** What a stream has said after each of its events; undefined: that is not known. */
const saidBy = (stream: object[]) => {
  const reader = new StreamReader();
  return stream.map((event) => {
    reader.take(event);
    return reader.used()?.units;
  });
};

describe('of a stream the last word counts, and only the last', () => {
  const CONTENT = { choices: [{ index: 0, delta: { content: 'x' } }] };
  const NOT_YET = undefined;

  it("Anthropic's: null says nothing, and a first token that is not written yet is no report", () => {
    const message = { id: 'msg_1', type: 'message', model: 'claude-sonnet-4', usage: { input_tokens: 20, output_tokens: 1 } };
    const stream = [
      { type: 'message_start', message },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x' } },
      { type: 'message_delta', delta: { stop_reason: null }, usage: { output_tokens: 30, input_tokens: null } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 45 } },
      { type: 'message_stop' },
    ];
    const last = { input: 20, output: 45 };
    expect(saidBy(stream)).toEqual([NOT_YET, NOT_YET, NOT_YET, last, last]);
  });

  it("a chat's: counts that come with each piece are none before all its choices have ended", () => {
    const counted = (completion_tokens: number, choices: object[]) => ({ choices, usage: { prompt_tokens: 9, completion_tokens } });
    const stream = [
      counted(1, [{ index: 0, delta: { content: 'x' } }]),
      counted(2, [{ index: 1, delta: { content: 'x' } }]),
      counted(3, [{ index: 0, delta: {}, finish_reason: 'stop' }]),
      counted(9, [{ index: 1, delta: {}, finish_reason: 'length' }]),
    ];
    expect(saidBy(stream)).toEqual([NOT_YET, NOT_YET, NOT_YET, { input: 9, output: 9 }]);
    expect(saidBy([CONTENT, counted(4, []), CONTENT])).toEqual([NOT_YET, NOT_YET, NOT_YET]);
  });

  it("responses' and the AI SDK's come with the event that ends them", () => {
    const response = { id: 'resp_1', output: ITEMS, usage: { input_tokens: 5, output_tokens: 3 } };
    const created = { type: 'response.created', response: { ...response, output: [], usage: { input_tokens: 5, output_tokens: 0 } } };
    const searched = { input: 5, output: 3, 'tool_call:web_search': 2, 'tool_call:file_search': 1 };
    expect(saidBy([created, { type: 'response.completed', response }])).toEqual([NOT_YET, searched]);
    expect(saidBy([created, { type: 'response.incomplete', response }])).toEqual([NOT_YET, searched]);
    const step = { type: 'finish-step', usage: { inputTokens: 5, outputTokens: 3 } };
    const finish = { type: 'finish', totalUsage: { inputTokens: 11, outputTokens: 8 } };
    expect(saidBy([step, finish])).toEqual([NOT_YET, { input: 11, output: 8 }]);
  });
});
