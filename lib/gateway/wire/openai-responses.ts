import { unitsOfOpenAiResponses } from '@/lib/ledger/units/openai-responses';
import { contentOf } from './content';
import type { Body, Bound, Endpoint, Reading, StreamMeter } from './endpoint';
import type { SseEvent } from './events';
import { foreignPart, OUTPUT_UNSET, TOKENS_PER_IMAGE } from './openai-chat';
import { inputBound, jsonOf, limitOf, malformed, objectOf, readingOf, textOf, unbounded, unknownField } from './parts';
import { textsIn, textsOf } from './texts';

const KNOWN = new Set(
  `model input instructions max_output_tokens max_tool_calls metadata parallel_tool_calls prompt_cache_key reasoning safety_identifier
  service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user include`.split(/\s+/),
);
// Fields that are known for what they cannot bound, told apart so that the answer says why.
const KEPT_THERE = ['previous_response_id', 'conversation', 'prompt'];

const PARTS = {
  text: new Set(
    `message input_text output_text refusal reasoning summary_text reasoning_text function_call function_call_output custom_tool_call
    custom_tool_call_output`.split(/\s+/),
  ),
  picture: (part: Record<string, unknown>) =>
    part.type === 'input_image' && part.file_id === undefined ? (textOf(part.image_url) ?? '') : null,
};

function bound(body: Body): Bound {
  const model = textOf(body.model);
  if (model === null) return malformed('/model', 'Name the model.');
  const kept = KEPT_THERE.find((field) => body[field] !== undefined && body[field] !== null);
  if (kept) return unbounded(`"${kept}" names something that the provider keeps, whose size is not in the request. Send it whole.`);
  if (body.background === true) return unbounded('A call in the background ends where nobody settles it.');
  const field = unknownField({ ...body, background: undefined }, KNOWN);
  if (field !== null) return unbounded(`The field "${field}" is not one whose cost is known.`);
  const limit = limitOf(body.max_output_tokens);
  if (limit === 'malformed') return malformed('/max_output_tokens', 'A whole number of tokens from 1.');
  const content = contentOf([body.input], PARTS);
  const foreign = foreignPart(body, content);
  if (foreign) return foreign;
  const input = inputBound(body, content.images, TOKENS_PER_IMAGE);
  const texts = [...textsOf(body.instructions), ...(typeof body.input === 'string' ? [body.input] : textsIn(body.input))];
  return { kind: 'bounded', model, maxUnits: { input, output: limit ?? OUTPUT_UNSET }, texts };
}

const ENDS = new Set(['response.completed', 'response.incomplete', 'response.failed']);
const read = (answer: unknown): Reading => readingOf(objectOf(answer), objectOf(answer).usage, unitsOfOpenAiResponses);

class ResponsesMeter implements StreamMeter {
  #reading: Reading = { units: null, model: null, responseId: null };
  #isWhole = false;
  #bytes = 0;

  take({ raw, data }: SseEvent): string {
    const event = objectOf(data === null ? null : jsonOf(data));
    if (typeof event.delta === 'string') this.#bytes += Buffer.byteLength(event.delta);
    if (ENDS.has(String(event.type))) {
      this.#isWhole = true;
      this.#reading = read(event.response);
    }
    return raw;
  }

  reading = (): Reading => this.#reading;
  isWhole = (): boolean => this.#isWhole;
  textBytes = (): number => this.#bytes;
}

/** OpenAI's responses. */
export const openAiResponses: Endpoint = {
  wire: 'openai',
  path: 'responses',
  bound,
  upstream: (body, model, output) => ({ ...body, model, max_output_tokens: output }),
  read,
  meter: () => new ResponsesMeter(),
};
