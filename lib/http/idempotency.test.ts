import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { repeatableOf } from './idempotency';
import { postNote, postSecret, problemOf } from './testing/notes';

useDatabase();

describe('Idempotency-Key', () => {
  const asked = (key: string, text = 'once') => ({ body: { text }, headers: { 'idempotency-key': key } });

  it('gives the same request the same answer', async () => {
    const org = await anOrg();
    const first = await (await org.ask(postNote, 'operator', asked('a'))).json();
    const second = await org.ask(postNote, 'operator', asked('a'));
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(first);
  });

  it('does it once when both arrive together', async () => {
    const org = await anOrg();
    const answers = await Promise.all(Array.from({ length: 8 }, () => org.ask(postNote, 'operator', asked('b'))));
    const texts = await Promise.all(answers.map((each) => each.text()));
    expect(new Set(texts).size).toBe(1);
  });

  it('refuses another request under the same key', async () => {
    const org = await anOrg();
    await org.ask(postNote, 'operator', asked('c'));
    const response = await org.ask(postNote, 'operator', asked('c', 'other'));
    expect([response.status, (await problemOf(response)).code]).toEqual([422, 'idempotency.mismatch']);
  });

  it("is each caller's own", async () => {
    const org = await anOrg();
    const mine = await (await org.ask(postNote, 'operator', asked('d'))).json();
    expect(await (await org.ask(postNote, 'admin', asked('d'))).json()).not.toEqual(mine);
  });

  it('keeps an answer with a secret sealed', async () => {
    const org = await anOrg();
    const ask = () => org.ask(postSecret, 'operator', { headers: { 'idempotency-key': 'e' } });
    const first = (await (await ask()).json()) as { secret: string };
    expect(await (await ask()).json()).toEqual(first);
    const kept = await reader().query<{ body: unknown }>('SELECT body FROM idempotent_answer WHERE org_id = $1', [org.orgId]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(first.secret);
  });

  it('is refused where it is no header anyone should send', () => {
    const request = new Request('http://hardstop.test/', { method: 'POST', headers: { 'idempotency-key': 'x'.repeat(300) } });
    expect(() => repeatableOf(request, '/', new Uint8Array(), false)).toThrow('Idempotency-Key is');
  });
});
