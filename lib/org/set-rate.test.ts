import { expect, it } from 'vitest';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { getRates, putRate } from './doors';
import type { Rate } from './schema';

useDatabase();

it('a rate that two people set at once is the first one’s, and the second is told', async () => {
  const org = await anOrg();
  const put = (usdPerUnit: string, ifMatch?: string) =>
    org.ask(putRate, 'admin', {
      params: { currency: 'EUR' },
      body: { usdPerUnit },
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    });
  const first = await put('1.10');
  const made = (await first.json()) as Rate;
  expect([first.headers.get('etag'), made]).toMatchObject(['"1"', { etag: '"1"', usdPerUnit: '1.1', createdAt: made.setAt }]);
  expect(await (await put('1.12', '"1"')).json()).toMatchObject({ etag: '"2"', usdPerUnit: '1.12', createdAt: made.createdAt });
  const late = await put('1.14', '"1"');
  expect([late.status, await late.json()]).toMatchObject([412, { code: 'etag.mismatch' }]);
  expect(await (await org.ask(getRates, 'viewer')).json()).toMatchObject({ items: [{ currency: 'EUR', usdPerUnit: '1.12', etag: '"2"' }] });
});

it('a version of a rate that nobody has set cannot have been seen', async () => {
  const org = await anOrg();
  const response = await org.ask(putRate, 'admin', {
    params: { currency: 'CHF' },
    body: { usdPerUnit: '1.2' },
    headers: { 'if-match': '"1"' },
  });
  expect([response.status, await response.json()]).toMatchObject([412, { code: 'etag.mismatch' }]);
});
