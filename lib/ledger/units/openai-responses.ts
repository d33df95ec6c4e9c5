import type { UnitsReading } from '@/lib/kernel/units';
import { asObject, objectAt, UnitsBuilder } from './parts';

/**
 * `usage` of OpenAI's responses (on `response.completed` when streamed) and of its image endpoints, which count alike.
 * `input_tokens` includes cached, written, audio and image tokens; `output_tokens` includes reasoning, audio and images: each
 * is taken out. Searches and other billed tool calls are not in `usage`: `toolCallsOfOpenAiResponse` counts them.
 */
export function unitsOfOpenAiResponses(usage: unknown): UnitsReading {
  const fields = asObject(usage);
  const input = objectAt(usage, 'input_tokens_details');
  const output = objectAt(usage, 'output_tokens_details');
  return new UnitsBuilder()
    .divide({ field: '/input_tokens', value: fields.input_tokens, kind: 'input' }, [
      { field: '/input_tokens_details/cached_tokens', value: input.cached_tokens, kind: 'input_cache_read' },
      { field: '/input_tokens_details/cache_write_tokens', value: input.cache_write_tokens, kind: 'input_cache_write_5m' },
      { field: '/input_tokens_details/audio_tokens', value: input.audio_tokens, kind: 'input_audio' },
      { field: '/input_tokens_details/image_tokens', value: input.image_tokens, kind: 'input_image' },
    ])
    .divide({ field: '/output_tokens', value: fields.output_tokens, kind: 'output' }, [
      { field: '/output_tokens_details/reasoning_tokens', value: output.reasoning_tokens, kind: 'output_reasoning' },
      { field: '/output_tokens_details/audio_tokens', value: output.audio_tokens, kind: 'output_audio' },
      { field: '/output_tokens_details/image_tokens', value: output.image_tokens, kind: 'output_image' },
    ])
    .done();
}

const BILLED_ITEMS: Readonly<Record<string, string>> = { web_search_call: 'web_search', file_search_call: 'file_search' };

/** The billed tool calls among the `output` items of a response: `{ "tool_call:web_search": 2 }`. Other items cost tokens only. */
export function toolCallsOfOpenAiResponse(output: unknown): { [kind: `tool_call:${string}`]: number } {
  const counts: { [kind: `tool_call:${string}`]: number } = {};
  for (const item of Array.isArray(output) ? output : []) {
    const type = asObject(item).type;
    const name = typeof type === 'string' ? BILLED_ITEMS[type] : undefined;
    if (name) counts[`tool_call:${name}`] = (counts[`tool_call:${name}`] ?? 0) + 1;
  }
  return counts;
}
