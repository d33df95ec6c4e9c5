import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, callsThrough, MESSAGE } from './testing/calls';
import { provide } from './testing/provided';
import { events, json, standIn } from './testing/stand-in';
import { booksOf, settledBooksOf, useFront } from './testing/through';
import { CHAT_COST, chatAnswer, chatEvents, MESSAGE_COST, messageEvents } from './testing/wires';

useDatabase();
const provider = standIn();
const { call, chat, provided } = callsThrough(useFront(), provider);

/** Reads so many chunks of a stream, then goes away; or reads it to its end. */
async function readChunks(response: Response, many: number, gone: AbortController): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let read = 0;
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (++read >= many) gone.abort();
    }
  } catch {
    // It was this reader that went, or the stream that was cut.
  }
  return text;
}

describe('on the books at every chunk', () => {
  it('a client that leaves at any of them pays what the provider reports at the end', async () => {
    const org = await provided();
    const sent = chatEvents();
    const wires = [
      { at: 'openai/v1/chat/completions', body: CHAT, sent, cost: CHAT_COST },
      { at: 'anthropic/v1/messages', body: MESSAGE, sent: messageEvents(), cost: MESSAGE_COST },
    ];
    let charged = 0n;
    for (const { at, body, sent, cost } of wires) {
      for (let many = 0; many < sent.length; many++) {
        provider.answers(events(sent));
        const gone = new AbortController();
        const response = await call(org, at, body, gone.signal);
        if (many === 0) gone.abort();
        await readChunks(response, Math.max(many, 1), gone);
        charged += cost;
        await expect.poll(() => booksOf(org), { interval: 5, timeout: 5_000 }).toEqual({ held: 0n, charged, open: 0 });
      }
    }
  });

  it('an upstream that is cut at any of them is the worst that it can have been, until its answer is whole', async () => {
    const org = await provided();
    // Worst: all of the input's bound, 1,000 tokens and more, and the 100 of output that were allowed.
    const wires = [
      {
        at: 'openai/v1/chat/completions',
        body: CHAT,
        sent: chatEvents(),
        cost: CHAT_COST,
        worst: 1_000n * 2_500n + 100n * 10_000n,
        whole: 5,
      },
      // `message_start` reports one token of output that nobody has written yet; the reason to stop comes with the last report.
      {
        at: 'anthropic/v1/messages',
        body: MESSAGE,
        sent: messageEvents(),
        cost: MESSAGE_COST,
        worst: 1_000n * 3_000n + 100n * 15_000n,
        whole: 8,
      },
    ];
    let before = 0n;
    for (const { at, body, sent, cost, worst, whole } of wires) {
      for (let cutAfter = 0; cutAfter < sent.length; cutAfter++) {
        provider.answers(events(sent, cutAfter));
        await readChunks(await call(org, at, body), Number.POSITIVE_INFINITY, new AbortController());
        const { charged } = await settledBooksOf(org);
        const booked = charged - before;
        before = charged;
        if (cutAfter >= whole) expect(booked, `${at} cut after ${cutAfter}`).toBe(cost);
        else expect(booked, `${at} cut after ${cutAfter}`).toBeGreaterThanOrEqual(worst);
      }
    }
  });

  it('of several choices all must have ended, and a count that grows with each chunk is no report before that', async () => {
    const org = await provided();
    const chunk = (index: number, finish_reason: string | null, completion_tokens: number) =>
      `data: ${JSON.stringify({
        ...{ id: 'c', model: 'gpt-4o', choices: [{ index, delta: { content: 'x' }, finish_reason }] },
        usage: { prompt_tokens: 10, completion_tokens },
      })}\n\n`;
    const sent = [chunk(0, null, 1), chunk(1, null, 2), chunk(0, 'stop', 3), chunk(1, null, 4), chunk(1, 'stop', 90), 'data: [DONE]\n\n'];
    let before = 0n;
    for (let cutAfter = 1; cutAfter < sent.length; cutAfter++) {
      provider.answers(events(sent, cutAfter));
      await readChunks(await call(org, 'openai/v1/chat/completions', { ...CHAT, n: 2 }), Number.POSITIVE_INFINITY, new AbortController());
      const { charged } = await settledBooksOf(org);
      if (cutAfter < 5) expect(charged - before, `cut after ${cutAfter}`).toBeGreaterThanOrEqual(200n * 10_000n);
      else expect(charged - before).toBe(10n * 2_500n + 90n * 10_000n);
      before = charged;
    }
  });

  it('what the provider sends is passed on as it comes, to the byte', async () => {
    const org = await provided();
    const sent = messageEvents();
    let seen = '';
    provider.answers(async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      for (const event of sent) {
        const before = seen.length;
        response.write(event);
        // The next is not sent until this one has come through: nothing is held back.
        while (seen.length === before) await sleep(1);
      }
      response.end();
    });
    const answer = await call(org, 'anthropic/v1/messages', MESSAGE);
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) seen += Buffer.from(chunk).toString('utf8');
    expect(seen).toBe(sent.join(''));
  });
});

it("the upstream's error text is not output", async () => {
  const org = await provided();
  for (const status of [400, 401, 429, 500, 503]) {
    const error = {
      error: { message: 'A long explanation. '.repeat(100), type: 'server_error' },
      usage: { prompt_tokens: 5, completion_tokens: 5 },
    };
    provider.answers(json(error, status, { 'retry-after': '7' }));
    const response = await chat(org);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual(error);
    expect(await booksOf(org)).toEqual({ held: 0n, charged: 0n, open: 0 });
  }
});

it('a provider that cannot be reached costs nothing; one that may have heard is presumed', async () => {
  const org = await provided();
  await provide(org, 'openai', 'http://127.0.0.1:1/v1');
  expect((await chat(org)).status).toBe(502);
  expect(await booksOf(org)).toEqual({ held: 0n, charged: 0n, open: 0 });
  await provide(org, 'openai', provider.baseUrl());
  provider.answers((_, response) => void response.destroy());
  expect((await chat(org)).status).toBe(502);
  expect(await booksOf(org)).toMatchObject({ open: 1, charged: 0n });
});

it('an upstream that reports nothing is counted, and one that lies is not believed', async () => {
  const org = await provided();
  provider.answers(json(chatAnswer(null)));
  await (await chat(org)).json();
  const counted = await settledBooksOf(org);
  expect(counted.charged).toBeGreaterThan(2_500n * 1_000n);
  provider.answers(json(chatAnswer({ prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 400 } })));
  await (await chat(org)).json();
  expect((await settledBooksOf(org)).charged - counted.charged).toBeGreaterThan(2_500n * 1_000n);
});

it('an explicit zero is a value', async () => {
  const org = await provided();
  provider.answers(json(chatAnswer({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })));
  await (await chat(org)).json();
  expect(await settledBooksOf(org)).toMatchObject({ charged: 0n });
});

it('busy is waited for', async () => {
  // Room for one worst case at a time: the second waits for what the first gives back.
  const org = await provided('0.006');
  provider.answers(async (_, response) => {
    await sleep(200);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(chatAnswer({ prompt_tokens: 10, completion_tokens: 5 })));
  });
  const answers = await Promise.all([chat(org), chat(org)]);
  expect(answers.map((each) => each.status)).toEqual([200, 200]);
  // Where the wait is longer than a client's patience it is told to come again, soon.
  provider.answers(async (_, response) => {
    await sleep(3_000);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(chatAnswer({ prompt_tokens: 10, completion_tokens: 5 })));
  });
  const [first, second] = await Promise.all([chat(org), sleep(50).then(() => chat(org))]);
  expect(first.status).toBe(200);
  expect(second.status).toBe(429);
  expect(second.headers.get('retry-after')).toBe('1');
  expect(await second.json()).toMatchObject({ error: { code: 'budget_busy' } });
});
