import { expect, it, vi } from 'vitest';
import { useDatabase } from '@/scripts/testing/database';
import { ANSWER, ASK, anOrg, booksOf, COST, clientOf, HELD } from './testing/client.js';

useDatabase();

const CHUNKS = [
  { id: 'chatcmpl-1', model: 'gpt-4o', choices: [{ delta: { content: 'Hello' } }], usage: null },
  { id: 'chatcmpl-1', model: 'gpt-4o', choices: [{ delta: {}, finish_reason: 'stop' }], usage: null },
  { id: 'chatcmpl-1', model: 'gpt-4o', choices: [], usage: ANSWER.usage },
];
const EVENTS = [
  {
    type: 'message_start',
    message: { id: 'msg_1', type: 'message', model: 'claude-sonnet-4', usage: { input_tokens: 900, output_tokens: 1 } },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 60 } },
  { type: 'message_stop' },
];

/** A stream of some events, which breaks after a number of them. */
async function* streamed(events: object[], cutAfter = Number.POSITIVE_INFINITY): AsyncGenerator<object> {
  for (const [index, event] of events.entries()) {
    if (index >= cutAfter) throw new Error('terminated');
    yield event;
  }
}

/** Reads some events of a stream and leaves, or until it breaks. */
async function readSome(stream: AsyncIterable<object>, atMost: number): Promise<void> {
  let read = 0;
  try {
    for await (const _ of stream) if (++read >= atMost) break;
  } catch {
    // It was cut.
  }
}

it('a stream passes through and is settled when it ends', async () => {
  const org = await anOrg();
  const { hardstop } = clientOf(org);
  const seen: object[] = [];
  for await (const chunk of await hardstop.guard(ASK, () => streamed(CHUNKS))) seen.push(chunk);
  expect(seen).toEqual(CHUNKS);
  expect(await booksOf(org)).toEqual({ held: 0n, actual: COST });
});

it('a stream that is left or cut before it has said all leaves its hold, at every event', async () => {
  const asks = [
    { sent: CHUNKS, ask: ASK, held: HELD, cost: COST, whole: 3 },
    {
      sent: EVENTS,
      ask: { ...ASK, provider: 'anthropic', model: 'claude-sonnet-4' },
      held: 1_000n * 6_000n + 500n * 15_000n,
      cost: 900n * 3_000n + 60n * 15_000n,
      whole: 5,
    },
  ];
  for (const { sent, ask, held, cost, whole } of asks)
    for (let after = 1; after < sent.length; after++)
      for (const isCut of [true, false]) {
        const org = await anOrg();
        const onSettleFailed = vi.fn();
        const { hardstop } = clientOf(org, undefined, { onSettleFailed });
        await readSome(await hardstop.guard(ask, () => streamed(sent, isCut ? after : undefined)), isCut ? sent.length : after);
        const isKnown = after >= whole;
        expect(await booksOf(org), `${ask.provider}, ${after}, ${isCut}`).toEqual(
          isKnown ? { held: 0n, actual: cost } : { held, actual: 0n },
        );
        expect(onSettleFailed).toHaveBeenCalledTimes(isKnown ? 0 : 1);
      }
});

it("an AI SDK's stream is settled when its total is known", async () => {
  const org = await anOrg();
  const { hardstop } = clientOf(org);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  await hardstop.guard(ASK, () => ({ totalUsage: promise, response: Promise.resolve({ id: 'r', modelId: 'gpt-4o' }) }));
  expect(await booksOf(org)).toEqual({ held: HELD, actual: 0n });
  resolve({ inputTokens: 900, outputTokens: 60 });
  await expect.poll(() => booksOf(org), { interval: 5 }).toEqual({ held: 0n, actual: COST });
});
