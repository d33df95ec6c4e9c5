import { beforeEach, expect, it } from 'vitest';
import { minutes, plus } from '@/lib/kernel/instant';
import { NOON } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';
import { subscribeDoor, takeHelpDoor } from './doors';
import { requirePatience } from './patience';

useDatabase();
beforeEach(() => {
  (globalThis as { hardstopForms?: unknown }).hardstopForms = undefined;
});

const DOORS = { help: takeHelpDoor, subscribe: subscribeDoor } as const;
const MORE = { help: { name: 'Ada', message: 'Can you help?' }, subscribe: {} } as const;

/** Hands in a form from a place, as the front passes it on. */
const handIn = (form: keyof typeof DOORS, email: string, place: string): Promise<Response> => {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': place };
  const body = JSON.stringify({ ...MORE[form], email });
  return DOORS[form].handle(new Request(`http://localhost${DOORS[form].path}`, { method: 'POST', headers, body }), {});
};

it.each(['help', 'subscribe'] as const)('a form asks for patience, for one address from anywhere: %s', async (form) => {
  for (let n = 0; n < 3; n++) expect((await handIn(form, 'ada@acme.test', `192.0.2.${n}`)).status).toBe(200);
  // However it is written.
  const refused = await handIn(form, 'Ada@Acme.test', '192.0.2.9');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
  expect(await refused.json()).toMatchObject({ code: 'lead.too_many' });
  expect((await handIn(form, 'bob@acme.test', '192.0.2.9')).status).toBe(200);
});

it.each(['help', 'subscribe'] as const)('a form asks for patience, from one place for any address: %s', async (form) => {
  for (let n = 0; n < 60; n++) expect((await handIn(form, `n${n}@acme.test`, '192.0.2.1')).status).toBe(200);
  expect((await handIn(form, 'one-more@acme.test', '192.0.2.1')).status).toBe(429);
  expect((await handIn(form, 'one-more@acme.test', '192.0.2.2')).status).toBe(200);
});

it('patience ends after a quarter of an hour', () => {
  for (let n = 0; n < 3; n++) requirePatience('address', 'ada@acme.test', NOON);
  expect(() => requirePatience('address', 'ada@acme.test', plus(NOON, minutes(14)))).toThrow('Try again in 15 minutes.');
  requirePatience('address', 'ada@acme.test', plus(NOON, minutes(15)));
});
