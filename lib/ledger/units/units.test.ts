import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Units, UnitsReading } from '@/lib/kernel/units';
import { unitsOfAnthropic } from './anthropic';
import { unitsOfLiteLlm } from './litellm';
import { unitsOfOpenAiChat } from './openai-chat';
import { toolCallsOfOpenAiResponse, unitsOfOpenAiResponses } from './openai-responses';
import { unitsOfOpenTelemetry } from './opentelemetry';

const unitsOf = (reading: UnitsReading): Units => {
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  return reading.units;
};
const codesOf = (reading: UnitsReading): string[] => (reading.kind === 'units' ? [] : reading.errors.map((error) => error.code));

describe('cached tokens are billed once', () => {
  test('(openai chat)', () => {
    const usage = {
      prompt_tokens: 1_836,
      completion_tokens: 143,
      total_tokens: 1_979,
      prompt_tokens_details: { cached_tokens: 1_024, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
    };
    expect(unitsOf(unitsOfOpenAiChat(usage))).toEqual({ input: 812, input_cache_read: 1_024, output: 143 });
  });

  test('(openai chat, of a server that writes its cache for money)', () => {
    const usage = {
      prompt_tokens: 5_000,
      completion_tokens: 10,
      prompt_tokens_details: { cached_tokens: 3_000, cache_write_tokens: 1_500 },
    };
    expect(unitsOf(unitsOfOpenAiChat(usage))).toEqual({ input: 500, input_cache_read: 3_000, input_cache_write_5m: 1_500, output: 10 });
  });

  test('(deepseek)', () => {
    const usage = { prompt_tokens: 900, completion_tokens: 5, prompt_cache_hit_tokens: 640, prompt_cache_miss_tokens: 260 };
    expect(unitsOf(unitsOfOpenAiChat(usage))).toEqual({ input: 260, input_cache_read: 640, output: 5 });
  });

  test('(openai responses)', () => {
    const usage = {
      input_tokens: 3_280,
      input_tokens_details: { cached_tokens: 2_048, cache_write_tokens: 0 },
      output_tokens: 1_211,
      output_tokens_details: { reasoning_tokens: 1_088 },
      total_tokens: 4_491,
    };
    expect(unitsOf(unitsOfOpenAiResponses(usage))).toEqual({ input: 1_232, input_cache_read: 2_048, output: 123, output_reasoning: 1_088 });
  });

  test('(anthropic)', () => {
    const usage = {
      input_tokens: 21,
      cache_creation_input_tokens: 5_556,
      cache_read_input_tokens: 188_086,
      cache_creation: { ephemeral_5m_input_tokens: 556, ephemeral_1h_input_tokens: 5_000 },
      output_tokens: 393,
      server_tool_use: { web_search_requests: 2, web_fetch_requests: 1 },
      service_tier: 'standard',
    };
    expect(unitsOf(unitsOfAnthropic(usage))).toEqual({
      input: 21,
      input_cache_read: 188_086,
      input_cache_write_5m: 556,
      input_cache_write_1h: 5_000,
      output: 393,
      'tool_call:web_search': 2,
    });
  });

  test('(anthropic, lifetimes untold or told in part)', () => {
    expect(unitsOf(unitsOfAnthropic({ input_tokens: 3, cache_creation_input_tokens: 400, output_tokens: 1 }))).toEqual({
      input: 3,
      input_cache_write_5m: 400,
      output: 1,
    });
    const part = {
      input_tokens: 3,
      cache_creation_input_tokens: 400,
      cache_creation: { ephemeral_1h_input_tokens: 300 },
      output_tokens: 1,
    };
    expect(unitsOf(unitsOfAnthropic(part))).toEqual({ input: 3, input_cache_write_5m: 100, input_cache_write_1h: 300, output: 1 });
  });

  test('(opentelemetry)', () => {
    const attributes = {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.usage.input_tokens': 5_120,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 4_500,
      'gen_ai.usage.cache_creation.input_tokens': 500,
      'gen_ai.usage.reasoning.output_tokens': 60,
    };
    const expected = { input: 120, input_cache_read: 4_500, input_cache_write_5m: 500, output: 40, output_reasoning: 60 };
    expect(unitsOf(unitsOfOpenTelemetry(attributes))).toEqual(expected);
  });

  test('(opentelemetry, older spellings and integers as strings)', () => {
    const attributes = {
      'gen_ai.usage.prompt_tokens': '5120',
      'gen_ai.usage.completion_tokens': '100',
      'gen_ai.usage.cache_read_input_tokens': '4500',
      'gen_ai.usage.cache_creation_input_tokens': null,
    };
    expect(unitsOf(unitsOfOpenTelemetry(attributes))).toEqual({ input: 620, input_cache_read: 4_500, output: 100 });
  });

  test('(litellm)', () => {
    const usage = {
      completion_tokens: 393,
      prompt_tokens: 193_663,
      total_tokens: 194_056,
      completion_tokens_details: { reasoning_tokens: 40, text_tokens: 353 },
      prompt_tokens_details: {
        cached_tokens: 188_086,
        text_tokens: 21,
        cache_creation_tokens: 5_556,
        cache_creation_token_details: { ephemeral_5m_input_tokens: 556, ephemeral_1h_input_tokens: 5_000 },
      },
      cache_creation_input_tokens: 5_556,
      cache_read_input_tokens: 188_086,
    };
    expect(unitsOf(unitsOfLiteLlm(usage))).toEqual({
      input: 21,
      input_cache_read: 188_086,
      input_cache_write_5m: 556,
      input_cache_write_1h: 5_000,
      output: 353,
      output_reasoning: 40,
    });
  });

  test('(litellm, Anthropic’s names alone)', () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 5, cache_read_input_tokens: 700, cache_creation_input_tokens: 200 };
    expect(unitsOf(unitsOfLiteLlm(usage))).toEqual({ input: 100, input_cache_read: 700, input_cache_write_5m: 200, output: 5 });
  });
});

test('audio and images are taken out of the text', () => {
  const chat = {
    prompt_tokens: 420,
    completion_tokens: 310,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 400 },
    completion_tokens_details: { audio_tokens: 260, reasoning_tokens: 0 },
  };
  expect(unitsOf(unitsOfOpenAiChat(chat))).toEqual({ input: 20, input_audio: 400, output: 50, output_audio: 260 });
  const image = {
    input_tokens: 214,
    input_tokens_details: { text_tokens: 20, image_tokens: 194 },
    output_tokens: 1_056,
    output_tokens_details: { image_tokens: 1_056, text_tokens: 0 },
  };
  expect(unitsOf(unitsOfOpenAiResponses(image))).toEqual({ input: 20, input_image: 194, output: 0, output_image: 1_056 });
});

test('searches are counted from the items of a response', () => {
  const output = [{ type: 'reasoning' }, { type: 'web_search_call' }, { type: 'web_search_call' }, { type: 'function_call' }, null];
  expect(toolCallsOfOpenAiResponse(output)).toEqual({ 'tool_call:web_search': 2 });
  expect(toolCallsOfOpenAiResponse(undefined)).toEqual({});
});

const SOURCES = { chat: unitsOfOpenAiChat, responses: unitsOfOpenAiResponses, anthropic: unitsOfAnthropic, litellm: unitsOfLiteLlm };

test.each<[string, UnitsReading]>([
  ['openai chat', unitsOfOpenAiChat({ prompt_tokens: 31, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 1_253 } })],
  [
    'openai chat, reasoning',
    unitsOfOpenAiChat({ prompt_tokens: 3, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 6 } }),
  ],
  ['openai responses', unitsOfOpenAiResponses({ input_tokens: 5, output_tokens: 5, output_tokens_details: { reasoning_tokens: 6 } })],
  ['anthropic', unitsOfAnthropic({ input_tokens: 1, cache_creation_input_tokens: 4, cache_creation: { ephemeral_1h_input_tokens: 5 } })],
  ['opentelemetry', unitsOfOpenTelemetry({ 'gen_ai.usage.input_tokens': 31, 'gen_ai.usage.cache_read.input_tokens': 1_253 })],
  ['litellm', unitsOfLiteLlm({ prompt_tokens: 31, completion_tokens: 467, cache_creation_input_tokens: 1_253 })],
  ['a part without its whole', unitsOfOpenAiChat({ completion_tokens: 5, prompt_tokens_details: { cached_tokens: 10 } })],
])('a negative remainder is refused (%s)', (_, reading) => {
  expect(codesOf(reading)).toEqual(['usage.negative_remainder']);
});

test('an explicit zero is a value, null is none', () => {
  const zero = {
    prompt_tokens: 0,
    completion_tokens: 0,
    prompt_tokens_details: null,
    completion_tokens_details: { reasoning_tokens: null },
  };
  expect(unitsOf(unitsOfOpenAiChat(zero))).toEqual({ input: 0, output: 0 });
  expect(unitsOf(unitsOfAnthropic({ input_tokens: 7, cache_read_input_tokens: null, cache_creation: null, output_tokens: 0 }))).toEqual({
    input: 7,
    output: 0,
  });
  expect(codesOf(unitsOfOpenAiChat({ prompt_tokens: null, completion_tokens: null }))).toEqual(['usage.units_missing']);
});

test.each(Object.entries(SOURCES))('what is no usage object is refused, never free (%s)', (_, unitsOfSource) => {
  for (const usage of [null, undefined, 5, 'usage', [], {}, { prompt_tokens_details: [] }]) {
    expect(codesOf(unitsOfSource(usage))).toEqual(['usage.units_missing']);
  }
});

test('fractions, texts and negatives are refused where they stand', () => {
  const reading = unitsOfOpenAiChat({ prompt_tokens: '12', completion_tokens: -3, prompt_tokens_details: { cached_tokens: 0.5 } });
  expect(reading.kind === 'refused' && reading.errors.map((error) => `${error.pointer} ${error.code}`)).toEqual([
    '/prompt_tokens usage.fractional_units',
    '/prompt_tokens_details/cached_tokens usage.fractional_units',
    '/completion_tokens usage.negative_units',
  ]);
});

test('kinds of a source add up to what it says went in and came out', () => {
  const quantity = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(quantity, quantity, quantity, quantity, quantity, (fresh, cached, audio, text, reasoning) => {
      const units = unitsOf(
        unitsOfOpenAiChat({
          prompt_tokens: fresh + cached + audio,
          completion_tokens: text + reasoning,
          prompt_tokens_details: { cached_tokens: cached, audio_tokens: audio },
          completion_tokens_details: { reasoning_tokens: reasoning },
        }),
      );
      const sum = Object.values(units).reduce((total: number, each) => total + (each ?? 0), 0);
      expect(sum).toBe(fresh + cached + audio + text + reasoning);
      expect(units.input).toBe(fresh);
      expect(units.output).toBe(text);
    }),
  );
});
