import type { UnitsReading } from '@/lib/kernel/units';
import { asObject, firstOf, objectAt, UnitsBuilder } from './parts';

/**
 * LiteLLM's usage object (`metadata.usage_object` of its standard logging payload, or a response's `usage`): OpenAI's names for
 * every provider, so `prompt_tokens` includes what was read from and written to a cache, Anthropic's too, and
 * `completion_tokens` includes reasoning. Anthropic's names stand beside them at the top level and mean the same tokens: the
 * details are read first, the others only where those are silent, never both.
 */
export function unitsOfLiteLlm(usage: unknown): UnitsReading {
  const fields = asObject(usage);
  const prompt = objectAt(usage, 'prompt_tokens_details');
  const completion = objectAt(usage, 'completion_tokens_details');
  const lifetimes = objectAt(prompt, 'cache_creation_token_details');
  const written = firstOf(
    prompt.cache_creation_tokens,
    prompt.cache_write_tokens,
    fields.cache_creation_input_tokens,
    sumOf(lifetimes.ephemeral_5m_input_tokens, lifetimes.ephemeral_1h_input_tokens),
  );
  const hourly = lifetimes.ephemeral_1h_input_tokens;
  return new UnitsBuilder()
    .divide({ field: '/prompt_tokens', value: fields.prompt_tokens, kind: 'input' }, [
      {
        field: '/prompt_tokens_details/cached_tokens',
        value: firstOf(prompt.cached_tokens, fields.cache_read_input_tokens),
        kind: 'input_cache_read',
      },
      { field: '/prompt_tokens_details/cache_creation_tokens', value: without(written, hourly), kind: 'input_cache_write_5m' },
      {
        field: '/prompt_tokens_details/cache_creation_token_details/ephemeral_1h_input_tokens',
        value: hourly,
        kind: 'input_cache_write_1h',
      },
      { field: '/prompt_tokens_details/audio_tokens', value: prompt.audio_tokens, kind: 'input_audio' },
      { field: '/prompt_tokens_details/image_tokens', value: prompt.image_tokens, kind: 'input_image' },
    ])
    .divide({ field: '/completion_tokens', value: fields.completion_tokens, kind: 'output' }, [
      { field: '/completion_tokens_details/reasoning_tokens', value: completion.reasoning_tokens, kind: 'output_reasoning' },
      { field: '/completion_tokens_details/audio_tokens', value: completion.audio_tokens, kind: 'output_audio' },
      { field: '/completion_tokens_details/image_tokens', value: completion.image_tokens, kind: 'output_image' },
    ])
    .count({
      field: '/server_tool_use/web_search_requests',
      value: firstOf(objectAt(usage, 'server_tool_use').web_search_requests, prompt.web_search_requests),
      kind: 'tool_call:web_search',
    })
    .done();
}

const sumOf = (a: unknown, b: unknown): unknown =>
  typeof a === 'number' || typeof b === 'number' ? (typeof a === 'number' ? a : 0) + (typeof b === 'number' ? b : 0) : undefined;

/** What was written for five minutes: all that was written, less what was written for an hour. */
const without = (all: unknown, part: unknown): unknown => (typeof all === 'number' && typeof part === 'number' ? all - part : all);
