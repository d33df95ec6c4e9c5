import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { transaction } from '@/lib/db';
import { postKey } from '@/lib/org/key/doors';
import { deleteKey } from '@/lib/setup/doors';
import { authorizeDoor, releaseDoor } from '@/lib/spend/decide/doors';
import { recomputePeriods } from '@/lib/spend/recompute';
import { anAsk } from '@/lib/testing/bare-org';
import { knock, type UsageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough, MESSAGE } from './testing/calls';
import { json, standIn } from './testing/stand-in';
import { booksOf, settledBooksOf, useFront } from './testing/through';
import { CHAT_COST, chatAnswer, chatEvents, MESSAGE_COST, messageEvents } from './testing/wires';

useDatabase();
const provider = standIn();
const front = useFront();
const { call, chat, provided } = callsThrough(front, provider);

const revoke = async (org: UsageOrg): Promise<void> =>
  expect((await knock(deleteKey, org, { params: { id: org.keyId } })).status).toBe(200);

/** The provider sends these events and then nothing more, until it is left. @returns resolves when it has been */
function stalledAfter(sent: string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  provider.answers((_, response) => {
    response.once('close', resolve).writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    for (const event of sent) response.write(event);
  });
  return promise;
}

/** Reads a stream to its end, which must come by itself, and revokes its key once the first of it is there. */
async function revokedUnderWay(org: UsageOrg, response: Response): Promise<{ text: string; afterMs: number }> {
  const decoder = new TextDecoder();
  let text = '';
  let revokedAt = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    if (text === '') {
      await sleep(50);
      await revoke(org);
      revokedAt = performance.now();
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return { text, afterMs: performance.now() - revokedAt };
}

const WIRES = [
  { at: 'openai/v1/chat/completions', body: CHAT, sent: chatEvents(), part: 3, whole: 5, cost: CHAT_COST, output: 10_000n },
  { at: 'anthropic/v1/messages', body: MESSAGE, sent: messageEvents(), part: 7, whole: 8, cost: MESSAGE_COST, output: 15_000n },
];

it('a running stream is cut within about a second of its key being revoked, and its hold stays presumed in full', async () => {
  for (const { at, body, sent, part, output } of WIRES) {
    const org = await provided();
    const left = stalledAfter(sent.slice(0, part));
    const response = await call(org, at, body);
    const { held } = await booksOf(org);
    const { text, afterMs } = await revokedUnderWay(org, response);
    expect(afterMs).toBeLessThan(2_000);
    expect(text).toContain('has been revoked');
    expect(text.startsWith(at.startsWith('openai') ? 'data: ' : sent.slice(0, part).join(''))).toBe(true);
    await left;
    // The bound of its input and the 100 tokens of output that it was allowed: what it reported on the way counts for nothing.
    expect(held).toBeGreaterThan(100n * output);
    await sleep(100);
    expect(await booksOf(org)).toEqual({ held: 0n, charged: held, open: 0 });
  }
});

it('an answer that was whole when its stream was cut is booked as reported', async () => {
  for (const { at, body, sent, whole, cost } of WIRES) {
    const org = await provided();
    const left = stalledAfter(sent.slice(0, whole));
    const { text } = await revokedUnderWay(org, await call(org, at, body));
    expect(text).toContain('has been revoked');
    await left;
    await expect.poll(() => booksOf(org), { interval: 5, timeout: 5_000 }).toEqual({ held: 0n, charged: cost, open: 0 });
  }
});

it('one without its report stays presumed, however whole it looked', async () => {
  const org = await provided();
  const left = stalledAfter(chatEvents().filter((event) => !event.includes('prompt_tokens')));
  const response = await chat(org);
  const { held } = await booksOf(org);
  await revokedUnderWay(org, response);
  await left;
  await sleep(100);
  expect(await booksOf(org)).toEqual({ held: 0n, charged: held, open: 0 });
});

it('streams of other keys go on, and an answer in one piece is booked as reported', async () => {
  const [gone, other] = [await provided(), await provided()];
  const sent = chatEvents();
  provider.answers(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(sent[0]);
    await sleep(2_500);
    response.end(sent.slice(1).join(''));
  });
  const [cut, whole] = [await chat(gone), await chat(other)];
  const rest = whole.text();
  expect((await revokedUnderWay(gone, cut)).text).toContain('has been revoked');
  expect(await rest).toContain('[DONE]');
  expect(await settledBooksOf(other)).toMatchObject({ charged: CHAT_COST });
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  provider.answers(async (received, response) => {
    isAsked();
    await sleep(200);
    await json(chatAnswer())(received, response);
  });
  const answer = chat(other);
  await asked;
  await revoke(other);
  expect((await answer).status).toBe(200);
  expect(await booksOf(other)).toEqual({ held: 0n, charged: 2n * CHAT_COST, open: 0 });
});

it('a call that comes to nothing gives its hold back, though its key was revoked under way', async () => {
  const org = await provided();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  provider.answers(async (received, response) => {
    isAsked();
    await sleep(200);
    await json({ error: { message: 'overloaded' } }, 500)(received, response);
  });
  const answer = chat(org);
  await asked;
  const { held } = await booksOf(org);
  await revoke(org);
  expect(await booksOf(org)).toEqual({ held: 0n, charged: held, open: 0 });
  expect((await answer).status).toBe(500);
  expect(await booksOf(org)).toEqual({ held: 0n, charged: 0n, open: 0 });
  expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
});

it('no program can take back what was presumed of its call by saying that there was none', async () => {
  const org = await provided();
  const { json: allowed } = await knock(authorizeDoor, org, { body: anAsk() });
  const { json: other } = await knock(postKey, org, { body: { name: 'other', scopes: ['spend:authorize'] } });
  await revoke(org);
  const { charged } = await booksOf(org);
  expect(charged).toBeGreaterThan(0n);
  const released = await knock(releaseDoor, { ...org, secret: other.secret as string }, { body: { holdId: allowed.holdId } });
  expect([released.status, released.json.code]).toEqual([409, 'hold.not_open']);
  expect(await booksOf(org)).toEqual({ held: 0n, charged, open: 0 });
});

it('a client that has gone leaves a provider that is read no further either', async () => {
  const org = await provided();
  const left = stalledAfter(chatEvents().slice(0, 2));
  const going = new AbortController();
  const response = await chat(org, going.signal);
  const { held } = await booksOf(org);
  going.abort();
  await response.text().catch(() => undefined);
  await revoke(org);
  await left;
  expect(await booksOf(org)).toEqual({ held: 0n, charged: held, open: 0 });
});

it('official clients are told that the key was revoked', async () => {
  const defaultHeaders = { 'x-hardstop-workload': 'support-bot' };
  const [first, second] = [await provided(), await provided()];
  const openai = new OpenAI({ apiKey: first.secret, baseURL: `${front()}/api/gateway/openai/v1`, defaultHeaders });
  const anthropic = new Anthropic({ apiKey: second.secret, authToken: null, baseURL: `${front()}/api/gateway/anthropic`, defaultHeaders });
  const hello = [{ role: 'user' as const, content: 'Hello' }];
  const readRevoking = async (org: UsageOrg, stream: AsyncIterable<unknown>): Promise<void> => {
    let isFirst = true;
    for await (const _ of stream) {
      if (isFirst) await revoke(org);
      isFirst = false;
    }
  };
  void stalledAfter(chatEvents().slice(0, 3));
  const chatting = await openai.chat.completions.create({ model: 'gpt-4o', messages: hello, stream: true });
  await expect(readRevoking(first, chatting)).rejects.toMatchObject({ code: 'key_revoked', type: 'authentication_error' });
  void stalledAfter(messageEvents().slice(0, 4));
  const messaging = await anthropic.messages.create({ ...MESSAGE, messages: hello, stream: true });
  await expect(readRevoking(second, messaging)).rejects.toMatchObject({ error: { error: { type: 'authentication_error' } } });
});
