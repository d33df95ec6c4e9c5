import { describe, expect, it } from 'vitest';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { hours, minus, plus, toIso } from '@/lib/kernel/instant';
import { authorizeDoor } from '@/lib/spend/decide/doors';
import { addFeatureDoor, makeWorkloadDoor } from '@/lib/spend/limit/doors';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { contain, letGo, ROUTE } from '@/lib/testing/containment';
import { useDatabase } from '@/scripts/testing/database';
import { evaluateFlagDoor, evaluateFlagsDoor } from './doors';

useDatabase();

type Said = { status: number; etag: string | null; body: Record<string, unknown> };

async function saidOf(response: Response): Promise<Said> {
  const text = await response.text();
  return { status: response.status, etag: response.headers.get('etag'), body: text === '' ? {} : JSON.parse(text) };
}

const one = async (org: TestOrg, key: string, context?: unknown): Promise<Said> =>
  saidOf(await org.ask(evaluateFlagDoor, 'flags:read', { params: { key }, body: context === undefined ? undefined : { context } }));

const all = async (org: TestOrg, context: unknown, headers: Record<string, string> = {}): Promise<Said> =>
  saidOf(await org.ask(evaluateFlagsDoor, 'flags:read', { body: { context }, headers }));

/** An organisation with the workload support-bot, which has two features. */
async function withFeatures(): Promise<TestOrg> {
  const org = await anOrg();
  await org.ask(makeWorkloadDoor, 'admin', { body: { slug: 'support-bot', fallback: { message: 'Later', url: null } } });
  for (const slug of ['images', 'summarise']) await org.ask(addFeatureDoor, 'admin', { params: { slug: 'support-bot' }, body: { slug } });
  return org;
}

/** A moment ago by the database's clock, which the doors go by. */
const aMomentAgo = async () => minus(await readClock(reader()), hours(1));

describe('a flag', () => {
  it('a feature off is off in both doors', async () => {
    const org = await withFeatures();
    const asked = async (feature: string) => {
      const body = {
        workload: 'support-bot',
        feature,
        provider: 'openai',
        model: 'gpt-4o',
        maxUnits: { input: 1, output: 1 },
        idempotencyKey: crypto.randomUUID(),
      };
      return (await (await org.ask(authorizeDoor, 'spend:authorize', { body })).json()) as Record<string, unknown>;
    };
    const both = async (feature: string) => {
      const flag = await one(org, feature, { workload: 'support-bot' });
      const decision = await asked(feature);
      return [flag.body.value, decision.reason ?? 'allowed'];
    };
    expect(await both('images')).toEqual([true, 'allowed']);
    const until = plus(await readClock(reader()), hours(1));
    const off = await contain(org, { kind: 'disable_feature', params: { feature: 'Images' }, expiresAt: toIso(until) }, await aMomentAgo());
    for (const spelling of ['images', 'IMAGES', 'Images']) expect(await both(spelling), spelling).toEqual([false, 'feature_disabled']);
    expect(await both('summarise')).toEqual([true, 'allowed']);
    expect((await asked('summarise')).featuresOff).toEqual(['Images']);
    expect((await one(org, 'images', { workload: 'support-bot' })).body).toEqual({
      ...{ key: 'images', value: false, reason: 'DISABLED', variant: 'off' },
      metadata: { workload: 'support-bot', action: off.id, since: off.startedAt, until: toIso(until) },
    });
    await letGo(org, off, await aMomentAgo());
    expect(await both('images')).toEqual([true, 'allowed']);
  });

  it('is named with its workload everywhere, and with itself where the workload is known', async () => {
    const org = await withFeatures();
    expect(await one(org, 'support-bot.images')).toMatchObject({ status: 200, body: { key: 'support-bot.images', value: true } });
    expect(await one(org, 'support-bot.images', { workload: 'support-bot' })).toMatchObject({ status: 200 });
    expect(await one(org, 'images')).toMatchObject({ status: 404, body: { key: 'images', errorCode: 'FLAG_NOT_FOUND' } });
    expect(await one(org, 'support-bot.images', { workload: 'writer' })).toMatchObject({ status: 404 });
    expect(await one(org, 'nobody.model')).toMatchObject({ status: 404 });
    expect(await one(org, 'unheard-of', { workload: 'support-bot' })).toMatchObject({ status: 404 });
  });

  it('that an action names is there though nobody has made the feature', async () => {
    const org = await withFeatures();
    await contain(org, { kind: 'disable_feature', params: { feature: 'voice' } }, await aMomentAgo());
    expect(await one(org, 'voice', { workload: 'support-bot' })).toMatchObject({ status: 200, body: { value: false } });
    expect(await one(org, 'voice', { workload: 'writer' })).toMatchObject({ status: 404 });
  });

  it('model is the model to use now', async () => {
    const org = await withFeatures();
    const gpt4o = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o-2024-08-06' };
    expect((await one(org, 'model', gpt4o)).body).toMatchObject({ value: 'gpt-4o-2024-08-06', reason: 'DEFAULT' });
    expect((await one(org, 'model', { workload: 'support-bot' })).body).not.toHaveProperty('value');
    const route = await contain(org, ROUTE, await aMomentAgo());
    for (const context of [gpt4o, { workload: 'support-bot', model: 'GPT-4o' }, { workload: 'support-bot' }])
      expect((await one(org, 'model', context)).body).toMatchObject({
        value: 'gpt-4o-mini',
        metadata: { action: route.id, provider: 'openai' },
      });
    expect((await one(org, 'model', { ...gpt4o, model: 'gpt-4.1' })).body).toMatchObject({ value: 'gpt-4.1', reason: 'DEFAULT' });
    expect((await one(org, 'resume', { workload: 'support-bot' })).body).toMatchObject({ value: 1 });
  });

  it('is asked for with a context or without, and what cannot be read is told as the protocol has it', async () => {
    const org = await withFeatures();
    expect(await one(org, 'support-bot.images', { targetingKey: 'user-1', own: { attribute: 1 } })).toMatchObject({ status: 200 });
    expect(await one(org, 'images', { workload: 7 })).toMatchObject({ status: 400, body: { key: 'images', errorCode: 'INVALID_CONTEXT' } });
    const malformed = await org.ask(evaluateFlagDoor, 'flags:read', { params: { key: 'images' }, body: '{' });
    expect(await saidOf(malformed)).toMatchObject({ status: 400, body: { key: 'images', errorCode: 'PARSE_ERROR' } });
  });
});

describe('all flags', () => {
  it('come at once, and again only when one has changed', async () => {
    const org = await withFeatures();
    const context = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o' };
    const first = await all(org, context);
    const keysOf = ({ body }: Said) => (body.flags as { key: string }[]).map((each) => each.key);
    expect(keysOf(first)).toEqual(['images', 'summarise', 'model', 'resume']);
    expect(keysOf(await all(org, {}))).toContain('support-bot.images');
    expect(await all(org, context, { 'if-none-match': `W/${first.etag}, "other"` })).toEqual({ status: 304, etag: first.etag, body: {} });
    await contain(org, { kind: 'disable_feature', params: { feature: 'images' } }, await aMomentAgo());
    const second = await all(org, context, { 'if-none-match': first.etag ?? '' });
    expect(second.status).toBe(200);
    expect(second.body.flags).toContainEqual(expect.objectContaining({ key: 'images', value: false, reason: 'DISABLED' }));
    expect(second.etag).not.toBe(first.etag);
  });

  it('of a key that pins its workload are that one’s, whatever the context says', async () => {
    const org = await withFeatures();
    await reader().query('UPDATE api_key SET pin_workload = $2 WHERE org_id = $1', [org.orgId, 'support-bot']);
    const { body } = await all(org, { workload: 'writer' });
    expect(body.flags).toContainEqual(expect.objectContaining({ key: 'summarise' }));
    expect(await one(org, 'images', { workload: 'writer' })).toMatchObject({ status: 200 });
    expect(await one(org, 'writer.images')).toMatchObject({ status: 404 });
  });
});
