import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { FrontDoor } from './router';
import { aFront, aMoment, ask, textOf } from './testing/sockets';

const aDoor = (handle: FrontDoor['handle']): FrontDoor => ({ method: 'POST', path: '/door', hot: true, handle });
const post = { method: 'POST', path: '/door' };

/** What one request to a door that does this is answered. */
async function through(handle: FrontDoor['handle']) {
  const { port } = await aFront([aDoor(handle)]);
  return ask(port, post);
}

describe('an answer of the front', () => {
  it('has its length when it is there at once', async () => {
    const answer = await through(async () => new Response('four', { status: 201, headers: { 'x-a': '1' } }));
    expect([answer.statusCode, answer.headers['content-length'], answer.headers['x-a'], await textOf(answer)]).toEqual([
      201,
      '4',
      '1',
      'four',
    ]);
  });

  it('keeps every cookie apart', async () => {
    const answer = await through(
      async () =>
        new Response(null, {
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
    );
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it.each([204, 304])('of %i has no body and no length', async (status) => {
    const answer = await through(async () => new Response(null, { status }));
    expect([answer.statusCode, answer.headers['content-length'], answer.headers['transfer-encoding']]).toEqual([
      status,
      undefined,
      undefined,
    ]);
  });

  it('that streams shows its head before its first event, and each event as it comes', async () => {
    const stream = new TransformStream<Uint8Array, Uint8Array>();
    const writer = stream.writable.getWriter();
    const answer = await through(async () => new Response(stream.readable, { headers: { 'content-type': 'text/event-stream' } }));
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      const [[chunk]] = await Promise.all([once(answer, 'data'), writer.write(new TextEncoder().encode(event))]);
      expect(String(chunk)).toBe(event);
    }
    await writer.close();
    await once(answer, 'end');
  });

  it('is cancelled when the client goes away', async () => {
    const cancelled = aMoment();
    const answer = await through(async () => new Response(new ReadableStream({ cancel: () => cancelled.resolve() })));
    answer.destroy();
    await cancelled.promise;
  });

  it('is made no faster than the client takes it', async () => {
    let made = 0;
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise(setImmediate);
        if (++made === 640) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const answer = await through(async () => new Response(stream));
    answer.pause();
    let before = -1;
    while (before !== made) {
      before = made;
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    }
    expect(made).toBeLessThan(640);
    let length = 0;
    for await (const chunk of answer) length += chunk.length;
    expect(length).toBe(639 * 65_536);
  });

  it('that breaks off is cut, so that it is not taken for whole', async () => {
    const broken = aMoment();
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new Uint8Array(10));
        await broken.promise;
        controller.error(new Error('upstream broke'));
      },
    });
    const answer = await through(async () => new Response(stream));
    broken.resolve();
    await expect(textOf(answer)).rejects.toThrow('aborted');
  });

  it('to a broken door is a problem, and the fault is logged, not shown', async () => {
    const { port, logged } = await aFront([aDoor(() => Promise.reject(new Error('secret detail')))]);
    const answer = await ask(port, post);
    const text = await textOf(answer);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'application/problem+json']);
    expect(text).not.toContain('secret detail');
    expect(String((logged[0] as { err: Error }).err)).toContain('secret detail');
  });

  it('to a request whose host is no host is a problem', async () => {
    const { port } = await aFront([aDoor(async () => new Response())]);
    expect((await ask(port, { ...post, headers: { host: 'a b/../c' } })).statusCode).toBe(400);
  });
});
