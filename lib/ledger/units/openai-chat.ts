import type { UnitsReading } from '@/lib/kernel/units';
import { asObject, firstOf, objectAt, UnitsBuilder } from './parts';

/**
 * `usage` of OpenAI's chat completions (and embeddings, and servers that speak the same wire). `prompt_tokens` includes cached
 * and audio tokens, and those written to a cache; `completion_tokens` includes reasoning and audio: each is taken out. Cached
 * tokens are counted as `input_cache_read` whatever they hold. Rejected prediction tokens stay in `output`, as they are billed.
 * DeepSeek's `prompt_cache_hit_tokens` is read where there are no details.
 */
export function unitsOfOpenAiChat(usage: unknown): UnitsReading {
  const fields = asObject(usage);
  const prompt = objectAt(usage, 'prompt_tokens_details');
  const completion = objectAt(usage, 'completion_tokens_details');
  return new UnitsBuilder()
    .divide({ field: '/prompt_tokens', value: fields.prompt_tokens, kind: 'input' }, [
      {
        field: '/prompt_tokens_details/cached_tokens',
        value: firstOf(prompt.cached_tokens, fields.prompt_cache_hit_tokens),
        kind: 'input_cache_read',
      },
      { field: '/prompt_tokens_details/cache_write_tokens', value: prompt.cache_write_tokens, kind: 'input_cache_write_5m' },
      { field: '/prompt_tokens_details/audio_tokens', value: prompt.audio_tokens, kind: 'input_audio' },
      { field: '/prompt_tokens_details/image_tokens', value: prompt.image_tokens, kind: 'input_image' },
    ])
    .divide({ field: '/completion_tokens', value: fields.completion_tokens, kind: 'output' }, [
      { field: '/completion_tokens_details/reasoning_tokens', value: completion.reasoning_tokens, kind: 'output_reasoning' },
      { field: '/completion_tokens_details/audio_tokens', value: completion.audio_tokens, kind: 'output_audio' },
      { field: '/completion_tokens_details/image_tokens', value: completion.image_tokens, kind: 'output_image' },
    ])
    .done();
}
