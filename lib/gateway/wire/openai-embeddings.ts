import { unitsOfOpenAiChat } from '@/lib/ledger/units/openai-chat';
import type { Endpoint } from './endpoint';
import { inputBound, malformed, objectOf, readingOf, textOf, unbounded, unknownField } from './parts';
import { textsOf } from './texts';
import { neverStreams } from './whole-only';

const KNOWN = new Set(['model', 'input', 'dimensions', 'encoding_format', 'user']);

/** OpenAI's embeddings: what goes in is all there is. Tokens that come as numbers are fewer than the digits they are written with. */
export const openAiEmbeddings: Endpoint = {
  wire: 'openai',
  path: 'embeddings',
  bound(body) {
    const model = textOf(body.model);
    if (model === null) return malformed('/model', 'Name the model.');
    if (body.input === undefined) return malformed('/input', 'Send what to embed.');
    const field = unknownField(body, KNOWN);
    if (field !== null) return unbounded(`The field "${field}" is not one whose cost is known.`);
    const input = inputBound(body, { letters: 0, count: 0 }, 0);
    return { kind: 'bounded', model, maxUnits: { input, output: 0 }, texts: textsOf(body.input) };
  },
  upstream: (body, model) => ({ ...body, model }),
  read: (answer) => readingOf(objectOf(answer), objectOf(answer).usage, unitsOfOpenAiChat),
  meter: neverStreams,
};
