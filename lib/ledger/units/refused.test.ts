import fc from 'fast-check';
import { expect, test } from 'vitest';
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
