import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { postNote, problemOf } from './testing/notes';

useDatabase();

describe('a body', () => {
  const send = async (body: BodyInit, headers: Record<string, string> = {}) => {
    const org = await anOrg();
    const all = { 'content-type': 'application/json', authorization: `Bearer ${org.keys.admin.secret}`, ...headers };
    const request = new Request('http://hardstop.test/api/v1/notes', { method: 'POST', headers: all, body, duplex: 'half' } as RequestInit);
    const response = await postNote.handle(request, {});
    return [response.status, response.ok ? null : (await problemOf(response)).code];
  };
  const bytes = (text: string) => new TextEncoder().encode(text);
  const endless = (chunk: Uint8Array, times: number) =>
    new ReadableStream({
      pull(controller) {
        if (times-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });

  it('is JSON, and says so', async () => {
    expect(await send('{"text":"x"}', { 'content-type': 'text/plain' })).toEqual([415, 'body.wrong_type']);
    expect(await send('{"text":')).toEqual([400, 'body.malformed']);
    expect(await send('{"text":"x"}', { 'content-type': 'application/json; charset=utf-8' })).toEqual([201, null]);
  });

  it('is UTF-8 that a database can keep', async () => {
    expect(await send(new Uint8Array([123, 34, 0xff, 34, 125]))).toEqual([400, 'body.malformed']);
    expect(await send('{"text":"a\\u0000b"}')).toEqual([400, 'body.malformed']);
    expect(await send('{"text":"\\ud800"}')).toEqual([400, 'body.malformed']);
    expect(await send('{"text":"\\ud83d\\ude00 \\\\u0000"}')).toEqual([201, null]);
  });

  it('is not deep', async () => {
    const deep = (n: number) => `{"text":"x","deep":${'['.repeat(n)}${']'.repeat(n)}}`;
    expect(await send(deep(60))).toEqual([201, null]);
    expect(await send(deep(100_000))).toEqual([400, 'body.malformed']);
    expect(await send(`{"text":"${'['.repeat(100)}"}`)).toEqual([201, null]);
  });

  it('is at most 10 MiB as sent, counted while it is read', async () => {
    expect(await send(`{"text":"${'x'.repeat(11 * 1_048_576)}"}`)).toEqual([413, 'body.too_large']);
    expect(await send(endless(bytes(' '.repeat(65_536)), 400))).toEqual([413, 'body.too_large']);
  });

  it('may be gzip, which is counted unpacked as well', async () => {
    expect(await send(gzipSync('{"text":"x"}'), { 'content-encoding': 'gzip' })).toEqual([201, null]);
    expect(await send('{"text":"x"}', { 'content-encoding': 'gzip' })).toEqual([400, 'body.malformed']);
    expect(await send(gzipSync('{"text":"x"}').subarray(0, 20), { 'content-encoding': 'gzip' })).toEqual([400, 'body.malformed']);
    expect(await send('x', { 'content-encoding': 'br' })).toEqual([415, 'body.wrong_type']);
    const bomb = gzipSync(Buffer.alloc(80 * 1_048_576, 32));
    expect(bomb.byteLength).toBeLessThan(200_000);
    expect(await send(bomb, { 'content-encoding': 'gzip' })).toEqual([413, 'body.too_large']);
  });
});
