import { describe, expect, it } from 'vitest';
import { CHAT_USAGE, chatEvents, messageEvents } from '../testing/wires';
import { anthropicMessages } from './anthropic-messages';
import type { Endpoint } from './endpoint';
import { EventCutter, type SseEvent } from './events';
import { openAiChat } from './openai-chat';
import { openAiResponses } from './openai-responses';

/** The events of a text that comes in pieces of so many bytes. */
function cut(text: string, size: number): SseEvent[] {
  const bytes = Buffer.from(text);
  const cutter = new EventCutter();
  const all: SseEvent[] = [];
  for (let at = 0; at < bytes.length; at += size) all.push(...cutter.take(bytes.subarray(at, at + size)));
  const rest = cutter.rest();
  return rest ? [...all, rest] : all;
}

const boundOf = (endpoint: Endpoint, body: Record<string, unknown>) => endpoint.bound(body);
const messages = [{ role: 'user', content: 'Hello' }];

it('events are whole wherever their bytes are cut, letters of many bytes too', () => {
  const text = chatEvents().join('').replace('Hello', 'Grüße, 你好 👋').replaceAll('\n\n', '\r\n\r\n');
  for (let size = 1; size < 80; size++) {
    const events = cut(text, size);
    expect(events.map((each) => each.raw).join('')).toBe(text);
    expect(events.map((each) => each.data)).toEqual(cut(text, text.length).map((each) => each.data));
  }
});

it('cumulative usage replaces', () => {
  const meter = anthropicMessages.meter({});
  for (const event of cut(messageEvents().join(''), 7)) meter.take(event);
  expect(meter.reading()).toEqual({
    units: { input: 20, input_cache_read: 500, input_cache_write_5m: 100, output: 45 },
    model: 'claude-sonnet-4-20250514',
    responseId: 'msg_1',
  });
  expect(meter.isWhole()).toBe(true);
});

describe('the client sees only what it asked for', () => {
  const shown = (body: Record<string, unknown>, usage?: unknown): string => {
    const meter = openAiChat.meter(body);
    return cut(chatEvents(usage).join(''), 11)
      .map((event) => meter.take(event) ?? '')
      .join('');
  };

  it('without asking no usage, not even an empty one, and the text untouched', () => {
    const text = shown({});
    expect(text).not.toContain('prompt_tokens');
    expect(text).not.toMatch(/[^\\]"usage"/);
    expect(text).toContain('there, \\"usage\\":null');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('with asking every byte', () => expect(shown({ stream_options: { include_usage: true } })).toBe(chatEvents().join('')));

  it('a server that puts its usage beside an empty delta is read', () => {
    const meter = openAiChat.meter({});
    const data = JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: CHAT_USAGE });
    expect(meter.take({ raw: `data: ${data}\n\n`, data })).toContain('stop');
    expect(meter.reading().units).toEqual({ input: 500, input_cache_read: 400, output: 60 });
  });
});

describe('the bound', () => {
  it('is never below the tokens of any text: one a byte, roles and tools counted', () => {
    const content = '你好👋'.repeat(1_000);
    const bound = boundOf(openAiChat, { model: 'gpt-4o', messages: [{ role: 'user', content }] });
    expect(bound).toMatchObject({ kind: 'bounded', maxUnits: { output: 4_096 } });
    expect(bound.kind === 'bounded' && bound.maxUnits.input).toBeGreaterThan(Buffer.byteLength(content));
  });

  it('counts a picture as the dearest there is, not its letters', () => {
    const url = `data:image/png;base64,${'A'.repeat(500_000)}`;
    const bound = boundOf(openAiChat, {
      model: 'gpt-4o',
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
    });
    expect(bound.kind === 'bounded' && bound.maxUnits.input).toBeLessThan(52_000);
    expect(bound.kind === 'bounded' && bound.maxUnits.input).toBeGreaterThan(50_000);
  });

  it('multiplies by the number of choices', () =>
    expect(boundOf(openAiChat, { model: 'gpt-4o', messages, max_tokens: 10, n: 5 })).toMatchObject({ maxUnits: { output: 50 } }));

  it.each([
    ['a history that the provider keeps', openAiResponses, { input: 'Hello', previous_response_id: 'resp_1' }],
    ['a call in the background', openAiResponses, { input: 'Hello', background: true }],
    ['a reference to an item', openAiResponses, { input: [{ type: 'item_reference', id: 'x' }] }],
    ['a tool that the provider runs', openAiResponses, { input: 'Hello', tools: [{ type: 'code_interpreter' }] }],
    ['a tool that the provider runs', anthropicMessages, { messages, max_tokens: 9, tools: [{ type: 'web_search_20250305', name: 'x' }] }],
    ['a document', anthropicMessages, { messages: [{ role: 'user', content: [{ type: 'document', source: {} }] }], max_tokens: 9 }],
    [
      'a file inside a tool’s result',
      anthropicMessages,
      { messages: [{ content: [{ type: 'tool_result', content: [{ type: 'file' }] }] }], max_tokens: 9 },
    ],
    ['a part without a type', openAiChat, { messages: [{ role: 'user', content: [{ file: { file_id: 'f' } }] }] }],
    ['a container', anthropicMessages, { messages, max_tokens: 9, container: 'c' }],
    ['servers of tools', anthropicMessages, { messages, max_tokens: 9, mcp_servers: [] }],
  ] as [string, Endpoint, Record<string, unknown>][])('%s is unbounded', (_, endpoint, body) =>
    expect(boundOf(endpoint, { model: 'm', ...body })).toMatchObject({ kind: 'unbounded' }),
  );

  it.each([
    [openAiChat, { messages, max_tokens: -1 }],
    [openAiChat, { messages, max_tokens: 1.5 }],
    [openAiChat, { messages, max_completion_tokens: '5' }],
    [openAiChat, { messages, n: 0 }],
    [openAiChat, { messages, n: 1_000 }],
    [openAiChat, { messages: 'Hello' }],
    [openAiResponses, { input: 'x', max_output_tokens: 1e12 }],
    [anthropicMessages, { messages }],
  ] as [Endpoint, Record<string, unknown>][])('%# what is no limit is said to be none', (endpoint, body) =>
    expect(boundOf(endpoint, { model: 'm', ...body })).toMatchObject({ kind: 'malformed' }),
  );
});
