import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { lockAway } from '@/lib/auth/vault';
import { reader } from '@/lib/db';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { deleteProvider, patchProvider, postProvider } from './doors';
import { placeOfKey } from './place-of-key';
import { rememberedProvider } from './remembered';

useDatabase();

const own = (apiKey: string) => ({ slug: 'vllm', wire: 'openai', baseUrl: 'https://models.example.com/v1', apiKey });
const made = async (apiKey: string): Promise<TestOrg> => {
  const org = await anOrg();
  expect((await org.ask(postProvider, 'admin', { body: own(apiKey) })).status).toBe(201);
  return org;
};
const keyOf = async (org: TestOrg) => (await rememberedProvider(org.orgId, 'vllm'))?.apiKey;

/** Changes the key as another process does: its row is another, and nobody here hears of it. */
const changedElsewhere = (org: TestOrg, apiKey: string) =>
  reader().query(`UPDATE provider SET sealed_key = $2 WHERE org_id = $1 AND slug = 'vllm'`, [
    org.orgId,
    lockAway(apiKey, placeOfKey(org.orgId, 'vllm')),
  ]);

it('a crowd of calls reads a provider once', async () => {
  const org = await made('sk-first-1234');
  const [first, second] = await Promise.all([rememberedProvider(org.orgId, 'vllm'), rememberedProvider(org.orgId, 'vllm')]);
  expect(first).toMatchObject({ apiKey: 'sk-first-1234' });
  expect(second).toBe(first);
});

it('a key that was changed elsewhere is used within a second, also while calls never cease', async () => {
  const org = await made('sk-first-1234');
  expect(await keyOf(org)).toBe('sk-first-1234');
  await changedElsewhere(org, 'sk-second-1234');
  const changedAt = performance.now();
  while ((await keyOf(org)) !== 'sk-second-1234') {
    expect(performance.now() - changedAt).toBeLessThan(1_000);
    await sleep(10);
  }
});

it('one that was changed or ended here is used at once', async () => {
  const org = await made('sk-first-1234');
  expect(await keyOf(org)).toBe('sk-first-1234');
  expect((await org.ask(patchProvider, 'admin', { params: { slug: 'vllm' }, body: { apiKey: 'sk-second-1234' } })).status).toBe(200);
  expect(await keyOf(org)).toBe('sk-second-1234');
  expect((await org.ask(deleteProvider, 'admin', { params: { slug: 'vllm' } })).status).toBe(200);
  expect(await rememberedProvider(org.orgId, 'vllm')).toBeNull();
  // That there was none is not remembered.
  expect((await org.ask(postProvider, 'admin', { body: own('sk-third-1234') })).status).toBe(201);
  expect(await keyOf(org)).toBe('sk-third-1234');
});

it('one organisation never has the provider of another', async () => {
  const [ours, theirs, nobodys] = [await made('sk-ours-1234'), await made('sk-theirs-1234'), await anOrg()];
  expect(await keyOf(ours)).toBe('sk-ours-1234');
  expect(await keyOf(theirs)).toBe('sk-theirs-1234');
  expect(await rememberedProvider(nobodys.orgId, 'vllm')).toBeNull();
});

it('no key stays in memory', async () => {
  const org = await made('sk-first-1234');
  await keyOf(org);
  const kept = (globalThis as { hardstopProviders?: Map<string, unknown> }).hardstopProviders;
  const place = placeOfKey(org.orgId, 'vllm');
  expect(kept?.has(place)).toBe(true);
  await expect.poll(() => kept?.has(place), { timeout: 2_000, interval: 20 }).toBe(false);
});
