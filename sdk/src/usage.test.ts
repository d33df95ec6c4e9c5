import { describe, expect, it } from 'vitest';
import { unitsOfAnthropic } from '@/lib/ledger/units/anthropic';
import { unitsOfOpenAiChat } from '@/lib/ledger/units/openai-chat';
import { unitsOfOpenAiResponses } from '@/lib/ledger/units/openai-responses';
import { StreamReader, usedBy } from './usage.js';

const CHAT = {
  prompt_tokens: 900,
  completion_tokens: 60,
  prompt_tokens_details: { cached_tokens: 400, audio_tokens: 20 },
  completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 0 },
};
const RESPONSES = {
  input_tokens: 3_280,
  input_tokens_details: { cached_tokens: 2_048 },
  output_tokens: 1_211,
  output_tokens_details: { reasoning_tokens: 1_088 },
};
const MESSAGE = {
  input_tokens: 21,
  cache_creation_input_tokens: 5_556,
  cache_read_input_tokens: 188_086,
  cache_creation: { ephemeral_5m_input_tokens: 556, ephemeral_1h_input_tokens: 5_000 },
  output_tokens: 393,
  server_tool_use: { web_search_requests: 2 },
};
const withoutZeros = (units: object = {}) => Object.fromEntries(Object.entries(units).filter(([, value]) => value !== 0));
const serverSays = (reading: { kind: string; units?: object }) => withoutZeros(reading.units);

describe('what an answer used is read as the server reads it', () => {
  it.each([
    ['a chat', { id: 'chatcmpl-1', model: 'gpt-4o', usage: CHAT }, unitsOfOpenAiChat(CHAT)],
    ['embeddings', { model: 'm', usage: { prompt_tokens: 7 } }, unitsOfOpenAiChat({ prompt_tokens: 7 })],
    ['responses', { id: 'resp_1', model: 'gpt-4o', usage: RESPONSES }, unitsOfOpenAiResponses(RESPONSES)],
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

it('of a stream the last word counts, and null says nothing', () => {
  const reader = new StreamReader();
  reader.take({
    type: 'message_start',
    message: { id: 'msg_1', type: 'message', model: 'claude-sonnet-4', usage: { input_tokens: 20, output_tokens: 1 } },
  });
  reader.take({ type: 'message_delta', usage: { output_tokens: 30, input_tokens: null } });
  reader.take({ type: 'message_delta', usage: { output_tokens: 45 } });
  expect(reader.used()).toEqual({ units: { input: 20, output: 45 }, model: 'claude-sonnet-4', responseId: 'msg_1' });
});
