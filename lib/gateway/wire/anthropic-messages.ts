import { unitsOfAnthropic } from '@/lib/ledger/units/anthropic';
import { contentOf } from './content';
import type { Body, Bound, Endpoint, Reading, StreamMeter } from './endpoint';
import type { SseEvent } from './events';
import { inputBound, jsonOf, limitOf, listOf, malformed, objectOf, readingOf, textOf, unbounded, unknownField } from './parts';

/** A picture of the greatest size that is not made smaller, with room to spare. */
const TOKENS_PER_IMAGE = 6_000;

const KNOWN = new Set(
  `model messages max_tokens metadata output_config service_tier stop_sequences stream system temperature thinking tool_choice tools top_k
  top_p cache_control`.split(/\s+/),
);
const TIERS: unknown[] = [undefined, null, 'standard_only'];

const TEXT = new Set(['message', 'text', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking', 'search_result']);
const PARTS = {
  text: TEXT,
  picture(part: Record<string, unknown>): string | null {
    const source = objectOf(part.source);
    // A picture by the id of a file is bounded like any other: it is the same size at most.
    return part.type === 'image' ? (textOf(source.data) ?? textOf(source.url) ?? '') : null;
  },
};

function bound(body: Body): Bound {
  const model = textOf(body.model);
  if (model === null) return malformed('/model', 'Name the model.');
  if (!Array.isArray(body.messages)) return malformed('/messages', 'Send the list of messages.');
  const output = limitOf(body.max_tokens);
  if (output === null || output === 'malformed') return malformed('/max_tokens', 'A whole number of tokens from 1.');
  const field = unknownField(body, KNOWN);
  if (field !== null) return unbounded(`The field "${field}" is not one whose cost is known.`);
  const tool = listOf(body.tools).find((each) => ![undefined, 'custom'].includes(objectOf(each).type as string | undefined));
  if (tool) return unbounded(`The tool "${String(objectOf(tool).type)}" runs at the provider, and the request does not limit its use.`);
  if (!TIERS.includes(body.service_tier)) return unbounded('Send "service_tier": "standard_only": another may have prices of its own.');
  const content = contentOf([body.system, ...body.messages.map((message) => objectOf(message).content)], PARTS);
  if (content.unknown !== null)
    return unbounded(`What a content block of type "${content.unknown}" costs cannot be told from the request.`);
  // Its tokenizer is not public.
  return { kind: 'bounded', model, maxUnits: { input: inputBound(body, content.images, TOKENS_PER_IMAGE), output }, texts: [] };
}

class MessagesMeter implements StreamMeter {
  #usage: Record<string, unknown> = {};
  #message: Record<string, unknown> = {};
  #isWhole = false;
  #bytes = 0;

  take({ raw, data }: SseEvent): string {
    const event = objectOf(data === null ? null : jsonOf(data));
    if (event.type === 'message_start') {
      this.#message = objectOf(event.message);
      this.#report(this.#message.usage);
    }
    if (event.type === 'content_block_delta') this.#bytes += Buffer.byteLength(JSON.stringify(event.delta ?? ''));
    if (event.type === 'message_delta') this.#report(event.usage);
    // `message_start` reports a first token that is not written yet: only the report with a reason to stop is the last.
    if (event.type === 'message_stop' || objectOf(event.delta).stop_reason) this.#isWhole = true;
    return raw;
  }

  /** Counts are cumulative: a later one takes the place of an earlier one; null says nothing. */
  #report(usage: unknown): void {
    for (const [name, value] of Object.entries(objectOf(usage))) if (value !== null) this.#usage[name] = value;
  }

  reading = (): Reading => readingOf(this.#message, this.#usage, unitsOfAnthropic);
  isWhole = (): boolean => this.#isWhole;
  textBytes = (): number => this.#bytes;
}

/** Anthropic's messages. */
export const anthropicMessages: Endpoint = {
  wire: 'anthropic',
  path: 'messages',
  bound,
  upstream: (body, model, output) => ({ ...body, model, max_tokens: output, service_tier: body.service_tier ?? 'standard_only' }),
  read: (answer) => readingOf(objectOf(answer), objectOf(answer).usage, unitsOfAnthropic),
  meter: () => new MessagesMeter(),
};
