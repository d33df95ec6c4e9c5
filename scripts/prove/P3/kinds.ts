/** What a call really used at the provider, in its own tokens. */
export type Used = { input: number; cached: number; written: number; output: number };
/** How an answer tells what was used: as it was, as explicit zeros, not at all, as what cannot be, or anew with every event. */
export type Telling = 'true' | 'zero' | 'none' | 'impossible' | 'growing';

/** An answer to be: what is told of it, and the text that is written. */
export type Answer = { id: string; model: string; used: Used; telling: Telling; words: string[] };

/** One paid address of a provider: what callers ask of it, and what it answers. */
export type Kind = {
  /** Behind `/api/gateway/`, and behind the provider's base URL. */
  at: string;
  path: string;
  streams: boolean;
  body(id: string, stream: boolean): Record<string, unknown>;
  /** The id that the caller put into its body. */
  idOf(body: Record<string, unknown>): string;
  /** The most tokens that the request lets the provider write. */
  limitOf(body: Record<string, unknown>): number;
  /** Nano-dollars a token. */
  prices: Used;
  usage(used: Used, telling: Telling): unknown;
  whole(answer: Answer): unknown;
  /** The events of a stream, and the one from which on nothing that follows can change the bill. */
  events(answer: Answer): { list: string[]; settles: number };
};

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const named = (type: string, part: object): string => `event: ${type}\n${data({ type, ...part })}`;
const NOTHING: Used = { input: 0, cached: 0, written: 0, output: 0 };
const asTold = (used: Used, telling: Telling): Used => (telling === 'zero' ? NOTHING : used);
const PROMPT = [{ role: 'user', content: 'Say "hello" – in “your own” words.' }];
const GPT_4O: Used = { input: 2_500, cached: 1_250, written: 0, output: 10_000 };

/** More cached tokens than there were at all cannot be: such a report is none. */
const openAiUsage =
  (names: [string, string, string]) =>
  (told: Used, telling: Telling): unknown => {
    if (telling === 'none') return null;
    const { input, cached, output } = asTold(told, telling);
    return {
      [names[0]]: input + cached,
      [names[1]]: output,
      [names[2]]: { cached_tokens: telling === 'impossible' ? input + cached + 7 : cached },
    };
  };

const chatUsage = openAiUsage(['prompt_tokens', 'completion_tokens', 'prompt_tokens_details']);
const responsesUsage = openAiUsage(['input_tokens', 'output_tokens', 'input_tokens_details']);

const chat: Kind = {
  ...{ at: 'openai/v1/chat/completions', path: '/v1/chat/completions', streams: true, prices: GPT_4O, usage: chatUsage },
  body: (id, stream) => ({ model: 'gpt-4o', max_tokens: 60, stream, user: id, messages: PROMPT }),
  idOf: (body) => String(body.user),
  limitOf: (body) => Number(body.max_tokens),
  whole: ({ id, model, used, telling, words }) => ({
    ...{ id, object: 'chat.completion', model, usage: chatUsage(used, telling) },
    choices: [{ index: 0, message: { role: 'assistant', content: words.join('') }, finish_reason: 'stop' }],
  }),
  events({ id, model, used, telling, words }) {
    const part = (delta: object, finish_reason: string | null, usage: unknown) =>
      data({ id, object: 'chat.completion.chunk', model, choices: [{ index: 0, delta, finish_reason }], usage });
    const list = words.map((content, i) =>
      part({ content }, null, telling === 'growing' ? chatUsage({ ...used, output: i + 1 }, telling) : null),
    );
    const told = chatUsage(used, telling);
    list.push(part({}, 'stop', telling === 'growing' ? told : null));
    const end = list.length;
    if (telling !== 'none') list.push(data({ id, object: 'chat.completion.chunk', model, choices: [], usage: told }));
    list.push('data: [DONE]\n\n');
    // What cannot be true is no report: such an answer has ended with its last line.
    const settles = { growing: end - 1, none: end, impossible: end + 1, true: end, zero: end }[telling];
    return { list, settles };
  },
};

const responses: Kind = {
  ...{ at: 'openai/v1/responses', path: '/v1/responses', streams: true, prices: GPT_4O, usage: responsesUsage },
  body: (id, stream) => ({ model: 'gpt-4o', max_output_tokens: 60, stream, user: id, input: PROMPT }),
  idOf: (body) => String(body.user),
  limitOf: (body) => Number(body.max_output_tokens),
  whole: ({ id, model, used, telling, words }) => ({
    ...{ id, object: 'response', model, status: 'completed', usage: responsesUsage(used, telling) },
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: words.join(''), annotations: [] }] }],
  }),
  events(answer) {
    const list = [named('response.created', { response: { id: answer.id, model: answer.model, usage: null } })];
    for (const delta of answer.words) list.push(named('response.output_text.delta', { delta }));
    list.push(named('response.completed', { response: responses.whole(answer) }));
    return { list, settles: list.length - 1 };
  },
};

const embeddings: Kind = {
  ...{ at: 'openai/v1/embeddings', path: '/v1/embeddings', streams: false, prices: { ...NOTHING, input: 20, cached: 20 } },
  body: (id) => ({ model: 'text-embedding-3-small', user: id, input: ['What is to be embedded.', 'And what else.'] }),
  idOf: (body) => String(body.user),
  limitOf: () => 0,
  usage(told, telling) {
    if (telling === 'none') return null;
    const { input, cached } = asTold(told, telling);
    return { prompt_tokens: telling === 'impossible' ? -1 : input + cached, total_tokens: input + cached };
  },
  whole: ({ used, telling }) => ({
    ...{ object: 'list', model: 'text-embedding-3-small', data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }] },
    usage: embeddings.usage(used, telling),
  }),
  events: () => ({ list: [], settles: 0 }),
};

const messages: Kind = {
  ...{ at: 'anthropic/v1/messages', path: '/v1/messages', streams: true },
  prices: { input: 3_000, cached: 300, written: 3_750, output: 15_000 },
  body: (id, stream) => ({ model: 'claude-sonnet-4-20250514', max_tokens: 60, stream, metadata: { user_id: id }, messages: PROMPT }),
  idOf: (body) => String((body.metadata as { user_id?: string } | undefined)?.user_id),
  limitOf: (body) => Number(body.max_tokens),
  usage(told, telling) {
    if (telling === 'none') return undefined;
    const { input, cached, written, output } = asTold(told, telling);
    const spoilt = telling === 'impossible' ? -1 : input;
    return { input_tokens: spoilt, cache_creation_input_tokens: written, cache_read_input_tokens: cached, output_tokens: output };
  },
  whole: ({ id, used, telling, words }) => ({
    ...{ id, type: 'message', role: 'assistant', model: 'claude-sonnet-4-20250514', stop_reason: 'end_turn' },
    content: [{ type: 'text', text: words.join('') }],
    usage: messages.usage(used, telling),
  }),
  events({ id, model, used, telling, words }) {
    const start = messages.usage({ ...used, output: 1 }, telling);
    const list = [named('message_start', { message: { id, type: 'message', role: 'assistant', model, content: [], usage: start } })];
    for (const [i, text] of words.entries()) {
      list.push(named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }));
      // Counts are cumulative, and only the last is the bill.
      if (telling === 'growing') list.push(named('message_delta', { delta: { stop_reason: null }, usage: { output_tokens: i + 1 } }));
    }
    const last = telling === 'none' ? {} : { usage: { output_tokens: asTold(used, telling).output, input_tokens: null } };
    list.push(named('message_delta', { delta: { stop_reason: 'end_turn' }, ...last }), named('message_stop', {}));
    return { list, settles: list.length - 2 };
  },
};

/** Every paid address of the gateway. */
export const kinds: readonly Kind[] = [chat, responses, embeddings, messages];
