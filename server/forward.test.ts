import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { aFront, aMoment, ask, textOf } from './testing/sockets';

const TEN_MEGABYTES = randomBytes(10 * 1024 * 1024);
const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('what the front hands on', () => {
  it('arrives with its method, path, query and body, and comes back with status and headers', async () => {
    const { port } = await aFront([], async (request, response) => {
      response.writeHead(
        418,
        'Teapot',
        [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['x-seen', `${request.method} ${request.url}`],
        ].flat(),
      );
      response.end(await textOf(request));
    });
    const answer = await ask(port, { method: 'PUT', path: '/a%20b/c?d=%2F&e' }, (request) => request.end('hällo'));
    expect([answer.statusCode, answer.headers['x-seen'], answer.headers['set-cookie']]).toEqual([
      418,
      'PUT /a%20b/c?d=%2F&e',
      ['a=1', 'b=2'],
    ]);
    expect(await textOf(answer)).toBe('hällo');
  });

  it('says itself where a request came from, whatever the request says', async () => {
    const { port } = await aFront([], (request, response) => response.end(JSON.stringify(request.headers)), 'https');
    const lies = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=6.6.6.6',
      'x-real-ip': '6.6.6.6',
    };
    const seen = await textOf(await ask(port, { headers: { ...lies, host: 'hardstop.test' } }));
    expect(JSON.parse(seen)).toMatchObject({
      host: 'hardstop.test',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'hardstop.test',
    });
    expect(seen).not.toMatch(/6\.6\.6\.6|evil|gopher/);
  });

  it('keeps what belongs to one connection to itself, both ways', async () => {
    const { port } = await aFront([], (request, response) => {
      response.writeHead(200, ['connection', 'close, x-mine', 'x-mine', '1', 'keep-alive', 'timeout=9', 'x-kept', '1']);
      response.end(JSON.stringify(request.headers));
    });
    const answer = await ask(port, {
      headers: { connection: 'keep-alive, x-secret', 'x-secret': '1', te: 'trailers', 'proxy-authorization': 'x', 'x-kept': '1' },
    });
    const seen = JSON.parse(await textOf(answer));
    expect(seen).toMatchObject({ 'x-kept': '1' });
    for (const name of ['x-secret', 'te', 'proxy-authorization', 'keep-alive']) expect(seen).not.toHaveProperty(name);
    expect(answer.headers).toMatchObject({ 'x-kept': '1' });
    expect(answer.headers['x-mine']).toBeUndefined();
    expect(answer.headers['keep-alive']).not.toBe('timeout=9');
  });

  it.each(['with a length', 'in chunks'])('uploads ten megabytes %s, whole and as they come', async (how) => {
    const begun = aMoment();
    const { port } = await aFront([], async (request, response) => {
      request.once('data', () => begun.resolve());
      const hash = createHash('sha256');
      for await (const chunk of request) hash.update(chunk);
      response.end(hash.digest('hex'));
    });
    const headers = how === 'with a length' ? { 'content-length': TEN_MEGABYTES.length } : {};
    const answer = await ask(port, { method: 'POST', headers }, async (request) => {
      request.write(TEN_MEGABYTES.subarray(0, 1_000));
      await begun.promise;
      request.end(TEN_MEGABYTES.subarray(1_000));
    });
    expect(await textOf(answer)).toBe(digest(TEN_MEGABYTES));
  });

  it('hands a stream on event by event', async () => {
    const next = aMoment();
    const { port } = await aFront([], async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      await next.promise;
      response.write('data: 1\n\n');
    });
    const answer = await ask(port, {});
    next.resolve();
    const [chunk] = await once(answer, 'data');
    expect(String(chunk)).toBe('data: 1\n\n');
  });

  it('tells the pages when the client goes away', async () => {
    const gone = aMoment();
    const { port } = await aFront([], (_, response) => {
      response.writeHead(200).flushHeaders();
      response.once('close', () => gone.resolve());
    });
    (await ask(port, {})).destroy();
    await gone.promise;
  });

  it('tells the pages when the client goes away in the middle of its upload', async () => {
    const begun = aMoment();
    const gone = aMoment();
    const { port } = await aFront([], (request) => {
      request.once('data', () => begun.resolve()).once('error', () => gone.resolve());
    });
    const request = http.request({ port, method: 'POST', headers: { 'content-length': 100 } }).on('error', () => undefined);
    request.write('half');
    await begun.promise;
    request.destroy();
    await gone.promise;
  });

  it('cuts the connection when the pages break off, so that half an answer is not taken for a whole one', async () => {
    const { port } = await aFront([], (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setImmediate(() => response.destroy());
    });
    await expect(ask(port, {}).then(textOf)).rejects.toThrow('aborted');
  });

  it('brings an early answer back whole although the upload is not', async () => {
    const { port } = await aFront([], (_, response) => {
      response.writeHead(413).end('too large');
    });
    const answer = await ask(port, { method: 'POST' }, (request) => {
      request.on('error', () => undefined).write(TEN_MEGABYTES);
    });
    expect([answer.statusCode, await textOf(answer)]).toEqual([413, 'too large']);
  });

  it('answers a wish to upgrade as the ordinary request it is', async () => {
    const { port } = await aFront([], (request, response) => response.end(JSON.stringify(request.headers)));
    const answer = await ask(port, { headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' } });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(await textOf(answer))).not.toHaveProperty('upgrade');
  });

  it('opens no tunnel', async () => {
    const { port } = await aFront([]);
    const socket = net.connect(port, '127.0.0.1').resume();
    socket.write('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n');
    await once(socket, 'close');
    expect(socket.bytesRead).toBe(0);
  });
});

describe('while the pages are away', () => {
  it('a browser gets a page that asks again', async () => {
    const { port } = await aFront([]);
    const answer = await ask(port, { headers: { accept: 'text/html,*/*' } });
    expect([answer.statusCode, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([
      503,
      '2',
      'text/html; charset=utf-8',
    ]);
    expect(await textOf(answer)).toContain('http-equiv="refresh"');
  });

  it('a program gets a problem', async () => {
    const { port } = await aFront([]);
    const answer = await ask(port, { method: 'POST', path: '/api/v1/budgets' }, (request) => request.end('{}'));
    expect([answer.statusCode, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([
      503,
      '2',
      'application/problem+json',
    ]);
    expect(JSON.parse(await textOf(answer))).toMatchObject({ status: 503, code: 'web.away' });
  });

  it('an upload that nobody reads is answered too', async () => {
    const { port } = await aFront([]);
    const answer = await ask(port, { method: 'POST' }, (request) => request.on('error', () => undefined).end(TEN_MEGABYTES));
    expect(answer.statusCode).toBe(503);
  });
});
