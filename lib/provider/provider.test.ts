import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { deleteProvider, getProvider, getProviders, patchProvider, postProvider } from './doors';
import { findProvider } from './find';

useDatabase();
process.env.HARDSTOP_EGRESS_ALLOW = '10.0.0.0/8';

const KEY = 'sk-secret-letters-of-a-provider-1234';
const OWN = { slug: 'vllm', wire: 'openai', baseUrl: 'https://models.example.com/v1/' };
const found = (org: TestOrg, slug: string) => findProvider(reader(), org.orgId, slug);
const post = async (org: TestOrg, body: object) => {
  const response = await org.ask(postProvider, 'admin', { body });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};
const patch = async (org: TestOrg, slug: string, body: object, headers: Record<string, string> = {}) => {
  const response = await org.ask(patchProvider, 'admin', { params: { slug }, body, headers });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};

it('openai and anthropic are there from the start, without a key', async () => {
  const org = await anOrg();
  const listed = (await (await org.ask(getProviders, 'viewer')).json()) as { items: { slug: string; key: unknown }[] };
  expect(listed.items.map(({ slug, key }) => [slug, key])).toEqual([
    ['anthropic', null],
    ['openai', null],
  ]);
  expect(await found(org, 'openai')).toEqual({ slug: 'openai', wire: 'openai', baseUrl: 'https://api.openai.com/v1', apiKey: null });
  expect(await found(org, 'vllm')).toBeNull();
});

it('a key is kept encrypted: it is in no answer, no row and no entry of the log, and opens nowhere else', async () => {
  const org = await anOrg();
  const made = await post(org, { ...OWN, apiKey: KEY });
  expect(made).toMatchObject({ status: 201, json: { slug: 'vllm', baseUrl: 'https://models.example.com/v1', key: { ending: '1234' } } });
  await patch(org, 'openai', { apiKey: `${KEY}5` });
  expect((await found(org, 'vllm'))?.apiKey).toBe(KEY);
  const answers = [made.json, await (await org.ask(getProviders, 'admin')).json()];
  const rows = await reader().query('SELECT * FROM provider WHERE org_id = $1', [org.orgId]);
  const entries = await reader().query("SELECT * FROM audit_entry WHERE org_id = $1 AND subject_kind = 'provider'", [org.orgId]);
  expect(entries).toHaveLength(2);
  expect(JSON.stringify([answers, rows, entries])).not.toContain('secret-letters');
  await reader().query(
    `UPDATE provider SET sealed_key = (SELECT sealed_key FROM provider WHERE org_id = $1 AND slug = 'vllm') WHERE org_id = $1 AND slug = 'openai'`,
    [org.orgId],
  );
  await expect(found(org, 'openai')).rejects.toThrow();
});

it('a kept key does not follow to another host', async () => {
  const org = await anOrg();
  await post(org, { ...OWN, apiKey: KEY });
  expect(await patch(org, 'vllm', { baseUrl: 'https://elsewhere.example.com/v1' })).toMatchObject({
    status: 422,
    json: { code: 'provider.key_stays', errors: [{ pointer: '/apiKey' }] },
  });
  expect((await patch(org, 'vllm', { baseUrl: 'https://models.example.com/v2' })).status).toBe(200);
  expect(await found(org, 'vllm')).toMatchObject({ baseUrl: 'https://models.example.com/v2', apiKey: KEY });
  expect((await patch(org, 'vllm', { baseUrl: 'https://elsewhere.example.com/v1', apiKey: null })).status).toBe(200);
  expect(await found(org, 'vllm')).toMatchObject({ baseUrl: 'https://elsewhere.example.com/v1', apiKey: null });
});

it('ending one forgets its key; one from the start is again as it was then', async () => {
  const org = await anOrg();
  await post(org, { ...OWN, apiKey: KEY });
  await patch(org, 'openai', { baseUrl: 'https://proxy.example.com/v1', apiKey: KEY });
  for (const slug of ['vllm', 'openai']) expect((await org.ask(deleteProvider, 'admin', { params: { slug } })).status).toBe(200);
  expect(await found(org, 'vllm')).toBeNull();
  expect(await found(org, 'openai')).toMatchObject({ baseUrl: 'https://api.openai.com/v1', apiKey: null });
  expect((await org.ask(getProvider, 'admin', { params: { slug: 'vllm' } })).status).toBe(404);
  expect(await reader().query('SELECT FROM provider WHERE org_id = $1 AND sealed_key IS NOT NULL', [org.orgId])).toEqual([]);
  expect(await post(org, OWN)).toMatchObject({ status: 201, json: { key: null } });
});

it('a name is taken once, and the second to change it is told so', async () => {
  const org = await anOrg();
  const { json } = await post(org, OWN);
  expect(await post(org, OWN)).toMatchObject({ status: 409, json: { code: 'provider.taken', errors: [{ pointer: '/slug' }] } });
  expect(await post(org, { ...OWN, slug: 'openai' })).toMatchObject({ status: 409 });
  const ifMatch = { 'if-match': json.etag as string };
  expect((await patch(org, 'vllm', { apiKey: KEY }, ifMatch)).status).toBe(200);
  expect(await patch(org, 'vllm', { apiKey: null }, ifMatch)).toMatchObject({ status: 412 });
});

it.each([
  'http://127.0.0.1/v1',
  'http://169.254.169.254/v1',
  'http://8.8.8.8/v1',
  'https://[::1]/v1',
  'ftp://models.example.com',
  'https://user:word@models.example.com/v1',
  'https://models.example.com/v1?x=1',
])('calls could not go to %s', async (baseUrl) => {
  expect(await post(await anOrg(), { ...OWN, baseUrl })).toMatchObject({ status: 422, json: { errors: [{ pointer: '/baseUrl' }] } });
});

it('a private address that is named may be used', async () => {
  expect((await post(await anOrg(), { ...OWN, baseUrl: 'http://10.1.2.3:8000/v1' })).status).toBe(201);
});
