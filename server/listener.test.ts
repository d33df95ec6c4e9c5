import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { describe, expect, it } from 'vitest';
import type { FrontDoor, Params } from './router';
import { aFront, aMoment, ask, textOf } from './testing/sockets';

type Handle = (request: Request, params: Params) => Promise<Response>;
const aDoor = (handle: Handle, method = 'POST', path = '/door', hot = true): FrontDoor => ({ method, path, hot, handle });
const post = { method: 'POST', path: '/door' };

/** What one request to a door that does this is answered. */
async function through(handle: Handle, body = '{"a":1}', headers: http.OutgoingHttpHeaders = {}) {
  const { port } = await aFront([aDoor(handle)]);
  return ask(port, { ...post, headers }, (request) => request.end(body));
}

describe('a door of the front', () => {
  it('gets the request as it was sent, with its params', async () => {
    const { port } = await aFront([
      aDoor(
        async (request, { id }) => Response.json({ id, url: request.url, method: request.method, sent: await request.json() }),
        'PUT',
        '/thing/{id}',
      ),
    ]);
    const answer = await ask(port, { method: 'PUT', path: '/thing/a%2Fb?c=d', headers: { host: 'hardstop.test' } }, (request) =>
      request.end('{"n":1}'),
    );
    expect(JSON.parse(await textOf(answer))).toEqual({
      id: 'a/b',
      url: 'http://hardstop.test/thing/a%2Fb?c=d',
      method: 'PUT',
      sent: { n: 1 },
    });
  });

  it('is asked for HEAD as for GET, and its body stays behind', async () => {
    const { port } = await aFront([aDoor(async () => new Response('long', { headers: { 'x-seen': '1' } }), 'GET')]);
    const answer = await ask(port, { method: 'HEAD', path: '/door' });
    expect([answer.statusCode, answer.headers['x-seen'], await textOf(answer)]).toEqual([200, '1', '']);
  });

  it('that is not hot is the pages’ to answer', async () => {
    const { port } = await aFront([aDoor(async () => new Response(), 'POST', '/door', false)], (_, response) =>
      response.writeHead(418).end(),
    );
    expect((await ask(port, post)).statusCode).toBe(418);
  });

  it.each([true, false])('refuses a method that its address does not have, by name (hot: %s)', async (hot) => {
    const doors = [aDoor(async () => new Response(), 'GET', '/door', hot), aDoor(async () => new Response(), 'PATCH', '/door', hot)];
    const { port } = await aFront(doors);
    for (const method of ['DELETE', 'TRACE']) {
      const answer = await ask(port, { method, path: '/door?x=1' });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, PATCH']);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(await textOf(answer))).toMatchObject({ status: 405, code: 'method.not_allowed' });
    }
  });

  it('leaves OPTIONS to the pages', async () => {
    const { port } = await aFront([aDoor(async () => new Response())], (_, response) => response.writeHead(204, { allow: 'POST' }).end());
    expect((await ask(port, { method: 'OPTIONS', path: '/door' })).statusCode).toBe(204);
  });

  it.each<[string, (request: Request) => Promise<string>]>([
    ['text', (request) => request.text()],
    ['json', async (request) => JSON.stringify(await request.json())],
    ['bytes', async (request) => Buffer.from(await request.bytes()).toString()],
    ['arrayBuffer', async (request) => Buffer.from(await request.arrayBuffer()).toString()],
    ['blob', async (request) => (await request.blob()).text()],
    ['clone', (request) => request.clone().text()],
    ['a stream', (request) => new Response(request.body).text()],
    [
      'a Request made of it',
      (request) => new Request(request.url, { method: 'POST', body: request.body, duplex: 'half' } as RequestInit).text(),
    ],
  ])('may read the body as %s', async (_, read) => {
    expect(await textOf(await through(async (request) => new Response(await read(request))))).toBe('{"a":1}');
  });

  it('reads an upload no faster than it wants, whole all the same', async () => {
    const sent = randomBytes(10 * 1024 * 1024).toString('hex');
    const answer = await through(async (request) => {
      let length = 0;
      for await (const chunk of request.body as ReadableStream<Uint8Array>) {
        length += chunk.byteLength;
        await new Promise(setImmediate);
      }
      return new Response(String(length));
    }, sent);
    expect(await textOf(answer)).toBe(String(sent.length));
  });

  it('may answer without reading the body, and the connection serves the next request', async () => {
    const { port } = await aFront([aDoor(async (request) => new Response(String(await request.body?.cancel().then(() => 'no'))))]);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let at = 0; at < 3; at++) {
      const answer = await ask(port, { ...post, agent }, (request) => request.end('x'.repeat(200_000)));
      expect(await textOf(answer)).toBe('no');
    }
    agent.destroy();
  });

  it('learns where a request came from by the front, not by the request', async () => {
    const answer = await through(async (request) => Response.json(Object.fromEntries(request.headers)), '', {
      'x-forwarded-for': '6.6.6.6',
      'x-own': '1',
    });
    expect(JSON.parse(await textOf(answer))).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-own': '1' });
  });

  it('learns that the client went away', async () => {
    const asked = aMoment();
    const gone = aMoment<boolean>();
    const { port } = await aFront([
      aDoor((request) => {
        request.signal.addEventListener('abort', () => gone.resolve(request.signal.aborted));
        asked.resolve();
        return new Promise(() => undefined);
      }),
    ]);
    const request = http.request({ port, ...post }).on('error', () => undefined);
    request.end('{}');
    await asked.promise;
    request.destroy();
    expect(await gone.promise).toBe(true);
  });

  it('is not told so when the client has its whole answer', async () => {
    let signal: AbortSignal | undefined;
    const answer = await through(async (request) => {
      signal = request.signal;
      return new Response('done');
    });
    await textOf(answer);
    expect(signal?.aborted).toBe(false);
  });
});
