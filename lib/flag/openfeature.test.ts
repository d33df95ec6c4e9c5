import { OFREPProvider } from '@openfeature/ofrep-provider';
import { type Client, OpenFeature } from '@openfeature/server-sdk';
import { afterAll, expect, it } from 'vitest';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { hours, minus } from '@/lib/kernel/instant';
import { ready, resumed, START } from '@/lib/spend/resume/testing/recovering';
import type { TestOrg } from '@/lib/testing/an-org';
import { contain, letGo, ROUTE } from '@/lib/testing/containment';
import { useDatabase } from '@/scripts/testing/database';
import { evaluateFlagDoor } from './doors';

useDatabase();
afterAll(() => OpenFeature.close());

const BASE = 'http://hardstop.test/api';
const FLAG = new RegExp(`^${BASE}/ofrep/v1/evaluate/flags/([^/]+)$`);

/** A program's OpenFeature client with the official provider, whose requests come to our door as they are sent. */
async function clientOf(org: TestOrg): Promise<Client> {
  const provider = new OFREPProvider({
    baseUrl: BASE,
    headers: { authorization: `Bearer ${org.keys['flags:read'].secret}` },
    fetchImplementation: async (input, init) => {
      const request = new Request(input as string, init);
      const [, key] = FLAG.exec(request.url) ?? [];
      if (key === undefined) throw new Error(`an address that is not the protocol's: ${request.url}`);
      return evaluateFlagDoor.handle(request, { key: decodeURIComponent(key) });
    },
  });
  await OpenFeature.setProviderAndWait(org.orgId, provider);
  return OpenFeature.getClient(org.orgId);
}

const BOT = { workload: 'support-bot' };
/** An hour ago by the database's clock, which the doors go by. */
const anHourAgo = async () => minus(await readClock(reader()), hours(1));

it('the official provider hears of a feature that is off, of the model to use, and of the share that may flow', async () => {
  const it = await ready();
  const { org } = it;
  const client = await clientOf(org);
  const gpt4o = { ...BOT, provider: 'openai', model: 'gpt-4o' };
  expect(await client.getStringValue('model', 'fallback', gpt4o)).toBe('gpt-4o');
  expect(await client.getNumberValue('resume', -1, BOT)).toBe(1);

  const off = await contain(org, { kind: 'disable_feature', params: { feature: 'images' } }, await anHourAgo());
  expect(await client.getBooleanDetails('images', true, BOT)).toMatchObject({
    value: false,
    reason: 'DISABLED',
    flagMetadata: { action: off.id, workload: 'support-bot' },
  });
  expect(await client.getBooleanValue('support-bot.images', true)).toBe(false);
  await letGo(org, off, await anHourAgo());
  expect(await client.getBooleanValue('images', true, BOT)).toBe(true);

  await contain(org, ROUTE, await anHourAgo());
  expect(await client.getStringValue('model', 'fallback', gpt4o)).toBe('gpt-4o-mini');

  await resumed(it, 1, START);
  expect(await client.getNumberValue('resume', -1, BOT)).toBe(0.01);
});

it('what the provider cannot be told is its default, with the reason', async () => {
  const { org } = await ready();
  const client = await clientOf(org);
  expect(await client.getBooleanDetails('nothing', true, BOT)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
  expect(await client.getBooleanDetails('nothing', false)).toMatchObject({ value: false, errorCode: 'FLAG_NOT_FOUND' });
  expect(await client.getBooleanDetails('model', true, { ...BOT, model: 'gpt-4o' })).toMatchObject({
    value: true,
    errorCode: 'TYPE_MISMATCH',
  });
});
