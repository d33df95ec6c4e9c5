/** What providers really answer, as their documentation and their clients' own fixtures show it. */

const data = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const named = (value: { type: string }): string => `event: ${value.type}\n${data(value)}`;

/** 900 tokens in, 400 of them cached, 60 out: of gpt-4o. */
export const CHAT_USAGE = { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960, prompt_tokens_details: { cached_tokens: 400 } };
const chunk = (part: object) => ({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-2024-08-06', ...part });

export const chatAnswer = (usage: unknown = CHAT_USAGE) => ({
  ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'gpt-4o-2024-08-06' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there.' }, finish_reason: 'stop' }],
  usage,
});

/** A streamed chat answer, as it is sent when usage is asked for. */
export const chatEvents = (usage: unknown = CHAT_USAGE): string[] => [
  data(chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }], usage: null })),
  data(chunk({ choices: [{ index: 0, delta: { content: 'Hello' }, finish_reason: null }], usage: null })),
  data(chunk({ choices: [{ index: 0, delta: { content: ' there, "usage":null' }, finish_reason: null }], usage: null })),
  data(chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: null })),
  ...(usage === undefined ? [] : [data(chunk({ choices: [], usage }))]),
  data('[DONE]'),
];

export const toolAnswer = () => ({
  ...chatAnswer(),
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Kiel"}' } }],
      },
      finish_reason: 'tool_calls',
    },
  ],
});

/** 100 tokens in, 10 out of gpt-4o, as the responses of OpenAI tell it. */
export const responsesAnswer = () => ({
  ...{ id: 'resp_1', object: 'response', created_at: 1, model: 'gpt-4o-2024-08-06', status: 'completed' },
  output: [
    {
      ...{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed' },
      content: [{ type: 'output_text', text: 'Hello there.', annotations: [] }],
    },
  ],
  usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 },
});

export const responsesEvents = (): string[] => {
  const item = { type: 'message', id: 'msg_1', role: 'assistant', content: [], status: 'in_progress' };
  const delta = (text: string, sequence_number: number) =>
    named({
      ...{
        type: 'response.output_text.delta',
        sequence_number,
        item_id: 'msg_1',
        output_index: 0,
        content_index: 0,
        delta: text,
        logprobs: [],
      },
    });
  const begun = { ...responsesAnswer(), status: 'in_progress', output: [], usage: null };
  return [
    named({ type: 'response.created', sequence_number: 0, response: begun } as { type: string }),
    named({ type: 'response.output_item.added', sequence_number: 1, output_index: 0, item } as { type: string }),
    delta('Hello', 2),
    delta(' there.', 3),
    named({ type: 'response.output_item.done', sequence_number: 4, output_index: 0, item: responsesAnswer().output[0] } as {
      type: string;
    }),
    named({ type: 'response.completed', sequence_number: 5, response: responsesAnswer() } as { type: string }),
  ];
};

/** A message of claude-sonnet-4: 20 in, 500 read from a cache, 100 written to it, 45 out in the end. */
const START_USAGE = { input_tokens: 20, cache_creation_input_tokens: 100, cache_read_input_tokens: 500, output_tokens: 1 };
const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-20250514', stop_sequence: null };

export const messageAnswer = () => ({
  ...message,
  content: [{ type: 'text', text: 'Hello there.' }],
  stop_reason: 'end_turn',
  usage: { ...START_USAGE, output_tokens: 45 },
});

export const messageEvents = (): string[] => [
  named({ type: 'message_start', message: { ...message, content: [], stop_reason: null, usage: START_USAGE } } as { type: string }),
  named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as { type: string }),
  named({ type: 'ping' }),
  named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } } as { type: string }),
  named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' there.' } } as { type: string }),
  named({ type: 'content_block_stop', index: 0 } as { type: string }),
  named({ type: 'message_delta', delta: { stop_reason: null }, usage: { output_tokens: 30, input_tokens: null } } as { type: string }),
  named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 45 } } as { type: string }),
  named({ type: 'message_stop' }),
];

/** What the two usages cost: gpt-4o at $2.50, $1.25 cached, $10 out; claude-sonnet-4 at $3, $0.30 read, $3.75 written, $15 out. */
export const CHAT_COST = 500n * 2_500n + 400n * 1_250n + 60n * 10_000n;
export const RESPONSES_COST = 100n * 2_500n + 10n * 10_000n;
export const MESSAGE_COST = 20n * 3_000n + 500n * 300n + 100n * 3_750n + 45n * 15_000n;
