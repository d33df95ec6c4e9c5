import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import type { Door } from '@/lib/http/door';
import { isSetUp } from '@/lib/org/reads';
import { useDatabase } from '@/scripts/testing/database';
import { postSetUp } from './doors';

useDatabase();

const form = (name: string) => ({
  organisation: { name, zone: 'Europe/Berlin', currency: 'EUR' },
  usdPerUnit: '1.0834',
  admin: { email: 'First@Example.com', name: 'First', password: 'correct horse battery' },
  budgets: { everything: '5000', unassigned: '250.50' },
});

const post = (door: Door, body: unknown) =>
  door.handle(
    new Request('http://hardstop.test/api/v1/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    {},
  );

describe('the first set-up', () => {
  it('asks for what only a person can know', async () => {
    const { usdPerUnit: _, ...without } = form('Acme');
    const response = await post(postSetUp, without);
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { code: 'setup.rate_missing', errors: [{ pointer: '/usdPerUnit' }] },
    ]);
    const weak = await post(postSetUp, { ...form('Acme'), admin: { ...form('Acme').admin, password: 'short' } });
    expect(await weak.json()).toMatchObject({ errors: [{ pointer: '/admin/password', code: 'field.too_small' }] });
    expect(await isSetUp()).toBe(false);
  });

  it('makes one organisation with its admin and two budgets, however many forms come at once', async () => {
    const answers = await Promise.all(['Acme', 'Bcme', 'Ccme'].map((name) => post(postSetUp, form(name))));
    expect(answers.map((each) => each.status).sort()).toEqual([201, 409, 409]);
    const made = await answers.find((each) => each.status === 201)?.json();
    expect(made).toMatchObject({
      organisation: { zone: 'Europe/Berlin', currency: 'EUR' },
      member: { role: 'admin', email: 'first@example.com', state: 'active' },
    });
    const budgets = await reader().query('SELECT kind, amount::text, currency, mode FROM budget ORDER BY kind');
    expect(budgets).toEqual([
      { kind: 'everything', amount: '5000.000000', currency: 'EUR', mode: 'observe' },
      { kind: 'unassigned', amount: '250.500000', currency: 'EUR', mode: 'observe' },
    ]);
  });

  it('is closed after it', async () => {
    const response = await post(postSetUp, form('Late'));
    expect([response.status, await response.json()]).toMatchObject([409, { code: 'setup.done' }]);
  });
});
