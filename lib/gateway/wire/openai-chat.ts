import { unitsOfOpenAiChat } from '@/lib/ledger/units/openai-chat';
import { type Content, contentOf } from './content';
import type { Body, Bound, Endpoint, Reading, StreamMeter } from './endpoint';
import type { SseEvent } from './events';
import { inputBound, jsonOf, limitOf, listOf, malformed, objectOf, readingOf, textOf, unbounded, unknownField } from './parts';
import { textsIn } from './texts';

/** Where a caller sets no output limit this is set: what every chat model of today can give. In tokens, each choice. */
export const OUTPUT_UNSET = 4_096;
/** The dearest picture of a chat model: 2,833 tokens and 8 tiles of 5,667 (gpt-4o-mini, high detail). */
export const TOKENS_PER_IMAGE = 50_000;
const CHOICES_AT_MOST = 128;

const KNOWN = new Set(
  `model messages frequency_penalty function_call functions logit_bias logprobs max_tokens max_completion_tokens metadata min_p modalities n
  parallel_tool_calls presence_penalty prompt_cache_key reasoning_effort repetition_penalty response_format safety_identifier seed service_tier
  stop store stream stream_options temperature tool_choice tools top_k top_logprobs top_p user verbosity`.split(/\s+/),
);
const TIERS: unknown[] = [undefined, null, 'auto', 'default', 'flex'];
const TOOLS: unknown[] = ['function', 'custom'];

const PARTS = {
  text: new Set(['message', 'text', 'refusal']),
  picture: (part: Record<string, unknown>) => (part.type === 'image_url' ? (textOf(objectOf(part.image_url).url) ?? '') : null),
};

/** What both of OpenAI's wires refuse: what the provider would do for money beside the model's own tokens. */
export function foreignPart(body: Body, content: Content): Bound | null {
  const tool = listOf(body.tools).find((each) => !TOOLS.includes(objectOf(each).type));
  if (tool) return unbounded(`The tool "${String(objectOf(tool).type)}" is billed by its use, which the request does not limit.`);
  if (content.unknown !== null) return unbounded(`What a content part of type "${content.unknown}" costs cannot be told from the request.`);
  if (!TIERS.includes(body.service_tier)) return unbounded(`service_tier "${String(body.service_tier)}" has prices of its own.`);
  return null;
}

/** How many answers are asked for at once. */
const choicesOf = (body: Body): number => (typeof body.n === 'number' ? body.n : 1);

function bound(body: Body): Bound {
  const model = textOf(body.model);
  if (model === null) return malformed('/model', 'Name the model.');
  if (!Array.isArray(body.messages)) return malformed('/messages', 'Send the list of messages.');
  const field = unknownField(body, KNOWN);
  if (field !== null) return unbounded(`The field "${field}" is not one whose cost is known.`);
  if (listOf(body.modalities).some((each) => each !== 'text')) return unbounded('Only text may be asked for: sound is not limited.');
  if (limitOf(body.n) === 'malformed' || choicesOf(body) > CHOICES_AT_MOST)
    return malformed('/n', `A whole number from 1 to ${CHOICES_AT_MOST}.`);
  const [newer, older] = [limitOf(body.max_completion_tokens), limitOf(body.max_tokens)];
  if (newer === 'malformed') return malformed('/max_completion_tokens', 'A whole number of tokens from 1.');
  if (older === 'malformed') return malformed('/max_tokens', 'A whole number of tokens from 1.');
  const content = contentOf(
    body.messages.map((message) => objectOf(message).content),
    PARTS,
  );
  const foreign = foreignPart(body, content) ?? audioOf(body.messages);
  if (foreign) return foreign;
  const output = newer === null && older === null ? OUTPUT_UNSET : Math.max(newer ?? 0, older ?? 0);
  return {
    kind: 'bounded',
    model,
    maxUnits: { input: inputBound(body, content.images, TOKENS_PER_IMAGE), output: output * choicesOf(body) },
    texts: textsIn(body.messages),
  };
}

const audioOf = (messages: unknown[]): Bound | null =>
  messages.some((message) => objectOf(message).audio) ? unbounded('An earlier answer in sound is kept by the provider.') : null;

/** The output limits with the name that the caller gave them; the newer name where they gave none. */
function limits(body: Body, output: number): Body {
  const each = Math.floor(output / choicesOf(body));
  const named = ['max_tokens', 'max_completion_tokens'].filter((name) => body[name] !== undefined && body[name] !== null);
  const names = named.length > 0 ? named : ['max_completion_tokens'];
  return Object.fromEntries(names.map((name) => [name, Math.min(each, Number(body[name] ?? each))]));
}

class ChatMeter implements StreamMeter {
  #reading: Reading = { units: null, model: null, responseId: null };
  #isDone = false;
  readonly #ended = new Set<unknown>();
  #bytes = 0;

  /** @param choices how many were asked for */
  constructor(
    private readonly isUsageAskedFor: boolean,
    private readonly choices: number,
  ) {}

  take({ raw, data }: SseEvent): string | null {
    if (data === null) return raw;
    if (data.trim() === '[DONE]') this.#isDone = true;
    const chunk = objectOf(jsonOf(data));
    const next = readingOf(chunk, chunk.usage, unitsOfOpenAiChat);
    const { units, model, responseId } = this.#reading;
    this.#reading = { units: next.units ?? units, model: next.model ?? model, responseId: next.responseId ?? responseId };
    const choices = listOf(chunk.choices);
    for (const choice of choices) {
      const { index, delta, finish_reason } = objectOf(choice);
      if (delta) this.#bytes += Buffer.byteLength(JSON.stringify(delta));
      if (finish_reason) this.#ended.add(index ?? 0);
    }
    if (this.isUsageAskedFor) return raw;
    if (choices.length === 0 && next.units !== null) return null;
    // Asking for usage puts `"usage":null` on every other chunk. Unescaped quotes: this cannot be inside a text of the model's.
    return raw.replace(/,\s?"usage":\s?null(?=[,}])/, '');
  }

  reading = (): Reading => this.#reading;
  // Between the last choice's end and the report a cut hides what was thought without being sent.
  isWhole = (): boolean => this.#isDone || (this.#ended.size >= this.choices && this.#reading.units !== null);
  textBytes = (): number => this.#bytes;
}

const isUsageAskedFor = (body: Body): boolean => objectOf(body.stream_options).include_usage === true;

/** OpenAI's chat completions, and whoever speaks the same. */
export const openAiChat: Endpoint = {
  wire: 'openai',
  path: 'chat/completions',
  bound,
  upstream: (body, model, output) => ({
    ...body,
    model,
    ...limits(body, output),
    ...(body.stream === true ? { stream_options: { ...objectOf(body.stream_options), include_usage: true } } : {}),
  }),
  read: (answer) => readingOf(objectOf(answer), objectOf(answer).usage, unitsOfOpenAiChat),
  meter: (body) => new ChatMeter(isUsageAskedFor(body), choicesOf(body)),
};
