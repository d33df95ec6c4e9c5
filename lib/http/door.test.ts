import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '@/lib/kernel/fault';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { door, openDoor } from './door';
import { postNote, problemOf } from './testing/notes';

useDatabase();

const shape = { tag: 'Test', summary: 'A door of this test.' };
const getFault = (thrown: () => unknown) =>
  door({
    ...{ ...shape, method: 'GET', path: '/api/v1/faults', right: 'org.read' },
    query: z.strictObject({ limit: z.coerce.number().max(5).optional() }),
    answer: z.object({ ok: z.boolean() }),
    run: async () => {
      const result = thrown();
      if (result instanceof Error) throw result;
      return result as { ok: boolean };
    },
  });

describe('a door', () => {
  it('answers what was made, with the id of the request', async () => {
    const org = await anOrg();
    const response = await org.ask(postNote, 'operator', { body: { text: 'hello' }, headers: { 'x-request-id': 'mine-1' } });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-request-id')).toBe('mine-1');
    expect(await response.json()).toMatchObject({ text: 'hello' });
  });

  it('makes a request id where the caller has none that is safe to log', async () => {
    const org = await anOrg();
    const response = await org.ask(postNote, 'operator', { body: { text: 'hello' }, headers: { 'x-request-id': 'a b "c"' } });
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  });

  it('tells each field that is wrong by pointer and code, in one problem', async () => {
    const org = await anOrg();
    const response = await org.ask(postNote, 'operator', { body: { txet: 'hello' } });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await problemOf(response)).toMatchObject({
      type: 'urn:hardstop:problem:request.invalid',
      code: 'request.invalid',
      errors: [
        { pointer: '/text', code: 'field.required' },
        { pointer: '/txet', code: 'field.unknown' },
      ],
    });
  });

  it.each([
    ['a Fault by the table of codes', new Fault('budget.not_found', 'There is no such budget.'), 404, 'budget.not_found'],
    ['a lost database as something that passes', Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }), 503, 'database.unavailable'],
    ['one that Prisma cannot reach too', Object.assign(new Error('gone'), { code: 'P1001' }), 503, 'database.unavailable'],
    ['a bug as ours, without saying what', new Error('secret inside'), 500, 'internal'],
  ])('answers %s', async (_, thrown, status, code) => {
    const org = await anOrg();
    const response = await org.ask(
      getFault(() => thrown),
      'viewer',
    );
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code, status });
    expect(text).not.toContain('secret inside');
  });

  it('does not send an answer that its schema does not know', async () => {
    const org = await anOrg();
    expect(
      (
        await org.ask(
          getFault(() => ({ ok: true, more: 1 })),
          'viewer',
        )
      ).status,
    ).toBe(500);
    expect(
      (
        await org.ask(
          getFault(() => ({ ok: 'yes' })),
          'viewer',
        )
      ).status,
    ).toBe(500);
    expect(
      (
        await org.ask(
          getFault(() => ({ ok: true })),
          'viewer',
        )
      ).status,
    ).toBe(200);
  });

  it('refuses a query with a field twice, unknown or out of bounds', async () => {
    const org = await anOrg();
    const fine = getFault(() => ({ ok: true }));
    expect((await org.ask(fine, 'viewer', { query: { limit: '9' } })).status).toBe(422);
    expect((await org.ask(fine, 'viewer', { query: { other: '1' } })).status).toBe(422);
    const twice = new Request('http://hardstop.test/api/v1/faults?limit=1&limit=2', { headers: { cookie: org.sessionCookie('viewer') } });
    expect((await fine.handle(twice, {})).status).toBe(400);
  });
});

describe('a write with a cookie', () => {
  it('needs an Origin of ours', async () => {
    const org = await anOrg();
    for (const origin of ['https://evil.example', 'null', '']) {
      const response = await org.ask(postNote, 'operator', { body: { text: 'x' }, headers: { origin } });
      expect([response.status, (await problemOf(response)).code]).toEqual([403, 'origin.foreign']);
    }
  });

  it('needs none with a key', async () => {
    const org = await anOrg();
    expect((await org.ask(postNote, 'admin', { body: { text: 'x' } })).status).toBe(201);
    const headers = { authorization: `Bearer ${org.keys.admin.secret}`, 'content-type': 'application/json' };
    const request = new Request('http://hardstop.test/api/v1/notes', { method: 'POST', headers, body: '{"text":"x"}' });
    expect((await postNote.handle(request, {})).status).toBe(201);
  });
});

describe('an open door', () => {
  it('runs without a transaction and may answer as it likes', async () => {
    const org = await anOrg();
    const plain = openDoor({
      ...{ ...shape, method: 'GET', path: '/api/v1/open', right: 'me.read' },
      answer: z.string(),
      run: async (caller) => new Response(`for ${caller.orgId}`, { status: 202 }),
    });
    const response = await org.ask(plain, 'flags:read');
    expect([response.status, await response.text()]).toEqual([202, `for ${org.orgId}`]);
  });
});
