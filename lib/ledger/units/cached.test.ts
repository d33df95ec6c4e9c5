import { describe, expect, test } from 'vitest';
import type { Units, UnitsReading } from '@/lib/kernel/units';
import { unitsOfAnthropic } from './anthropic';
import { unitsOfLiteLlm } from './litellm';
import { unitsOfOpenAiChat } from './openai-chat';
import { unitsOfOpenAiResponses } from './openai-responses';
import { unitsOfOpenTelemetry } from './opentelemetry';

const unitsOf = (reading: UnitsReading): Units => {
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  return reading.units;
};

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
