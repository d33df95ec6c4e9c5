import type { UnitsReading } from '@/lib/kernel/units';
import { asObject, firstOf, objectAt, UnitsBuilder } from './parts';

/**
 * `usage` of Anthropic's messages (when streamed: `message_start`'s, with the fields of the last `message_delta` put over it,
 * for those are cumulative). `input_tokens` excludes what was read from or written to a cache, so nothing is taken out of it.
 * `cache_creation` splits `cache_creation_input_tokens` by lifetime; what it leaves out, or all of it where there is no split,
 * was written for five minutes, Anthropic's default. Thinking is billed as output and not told apart. A web search is billed
 * by the call, a web fetch is not.
 */
export function unitsOfAnthropic(usage: unknown): UnitsReading {
  const fields = asObject(usage);
  const written = objectAt(usage, 'cache_creation');
  const tools = objectAt(usage, 'server_tool_use');
  const oneHour = written.ephemeral_1h_input_tokens;
  const fiveMinutes = written.ephemeral_5m_input_tokens;
  const builder = new UnitsBuilder()
    .count({ field: '/input_tokens', value: fields.input_tokens, kind: 'input' })
    .count({ field: '/cache_read_input_tokens', value: fields.cache_read_input_tokens, kind: 'input_cache_read' })
    .count({ field: '/output_tokens', value: fields.output_tokens, kind: 'output' })
    .count({ field: '/server_tool_use/web_search_requests', value: tools.web_search_requests, kind: 'tool_call:web_search' });
  const five = { field: '/cache_creation/ephemeral_5m_input_tokens', value: fiveMinutes, kind: 'input_cache_write_5m' } as const;
  const hour = { field: '/cache_creation/ephemeral_1h_input_tokens', value: oneHour, kind: 'input_cache_write_1h' } as const;
  const total = { field: '/cache_creation_input_tokens', value: fields.cache_creation_input_tokens, kind: five.kind };
  if (firstOf(total.value) === undefined) return builder.count(five).count(hour).done();
  return builder.divide(total, [five, hour]).done();
}
