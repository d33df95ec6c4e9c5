import { describe, expect, it } from 'vitest';
import { makeActionDoor } from '@/lib/containment/doors';
import type { Pins } from '@/lib/context';
import { reader } from '@/lib/db';
import { getKeys, postKey } from '@/lib/org/key/doors';
import { giveLeaseDoor } from '@/lib/spend/lease/doors';
import { addPriceDoor } from '@/lib/spend/reprice/doors';
import { anAsk } from '@/lib/testing/bare-org';
import { knock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { authorizeDoor } from './doors';

useDatabase();

const MINI = { provider: 'openai', model: 'gpt-4o-mini' };
const REFUSED = { decision: 'deny', reason: 'model_not_allowed', budgetId: null, stopId: null, actionId: null, retryAfterMs: null };

/** An organisation, asked by a key that may only call these models. */
async function pinned(...models: NonNullable<Pins['models']>): Promise<UsageOrg> {
  const org = await usageOrg([{ amount: '10', workload: 'support-bot', leases: true }]);
  const scopes = ['spend:authorize', 'usage:write', 'admin'];
  const { status, json } = await knock(postKey, org, { body: { name: 'pinned', scopes, pins: { models } } });
  expect(status).toBe(201);
  return { ...org, secret: json.secret as string, keyId: json.id as string };
}

let sent = 0;
const ask = async (org: UsageOrg, part: object) =>
  (await knock(authorizeDoor, org, { body: { ...anAsk(), idempotencyKey: `ask-${++sent}`, ...part } })).json;

describe('a key that is pinned to models', () => {
  it('may call those, by every name that the books know them by', async () => {
    const org = await pinned(MINI, { provider: 'azure', model: 'gpt-4o-2024-08-06' });
    for (const model of ['gpt-4o-mini', 'GPT-4o-mini', ' gpt-4o-mini ', 'gpt-4o-mini-2024-07-18'])
      expect(await ask(org, { ...MINI, model }), model).toMatchObject({ decision: 'allow' });
    for (const provider of ['azure', 'AZURE', 'azure_openai', 'az.ai.openai'])
      expect(await ask(org, { provider, model: 'gpt-4o' }), provider).toMatchObject({ decision: 'allow' });
  });

  it('may call no other, by no spelling', async () => {
    const org = await pinned(MINI);
    for (const model of [
      'gpt-4o',
      'GPT-4o',
      'gpt-4o-2024-08-06',
      'gpt-4o-mini-audio-preview',
      'x/gpt-4o-mini',
      'gpt-4o-mini/x',
      'gpt-4o_mini',
      'gpt-4o-mini\u200b',
      'nobody-knows-me',
    ])
      expect(await ask(org, { provider: 'openai', model }), model).toMatchObject(REFUSED);
    for (const provider of ['azure', 'vllm', 'openai2', 'openai/openai'])
      expect(await ask(org, { provider, model: 'gpt-4o-mini' }), provider).toMatchObject(REFUSED);
    const [holds] = await reader().query<{ count: bigint }>('SELECT count(*) FROM hold WHERE org_id = $1', [org.orgId]);
    expect(holds?.count).toBe(0n);
  });

  it('is told which model it may not call, and other keys may', async () => {
    const org = await pinned(MINI);
    expect((await ask(org, { provider: 'openai', model: 'gpt-4o' })).detail).toContain('openai / gpt-4o');
    expect(await ask(await usageOrg([]), { provider: 'openai', model: 'gpt-4o' })).toMatchObject({ decision: 'allow' });
  });

  it('may call a model of its own that only a person has priced, and no other without a price', async () => {
    const org = await pinned({ provider: 'vllm', model: 'Llama-X' });
    const effectiveFrom = '2026-01-01T00:00:00Z';
    for (const unit of ['input', 'output'])
      expect(
        (await knock(addPriceDoor, org, { body: { provider: 'vllm', model: 'llama-x', unit, nanoUsdPerMillion: '1000', effectiveFrom } }))
          .status,
      ).toBe(201);
    expect(await ask(org, { provider: 'vllm', model: 'llama-x' })).toMatchObject({ decision: 'allow' });
    expect(await ask(org, { provider: 'vllm', model: 'llama-y' })).toMatchObject(REFUSED);
  });

  it('is judged by the model that its call is routed to, and a block is said before it', async () => {
    const [org, other] = [await pinned(MINI), await pinned({ provider: 'openai', model: 'gpt-4o' })];
    const from = { provider: 'openai', model: 'gpt-4o' };
    const body = { kind: 'route', scope: {}, params: { from, to: MINI }, reason: 'Cheaper' };
    for (const each of [org, other]) expect((await knock(makeActionDoor, each, { body })).status).toBe(201);
    expect(await ask(org, from)).toMatchObject({ decision: 'allow', model: 'gpt-4o-mini' });
    expect(await ask(other, from)).toMatchObject(REFUSED);
    expect((await knock(makeActionDoor, other, { body: { kind: 'block', scope: {}, reason: 'A loop' } })).status).toBe(201);
    expect(await ask(other, from)).toMatchObject({ reason: 'blocked' });
  });

  it('gets no lease on another', async () => {
    const org = await pinned(MINI);
    const body = { workload: 'support-bot', ...MINI, model: 'gpt-4o', amountNanoUsd: '1000000' };
    expect((await knock(giveLeaseDoor, org, { body })).json).toMatchObject(REFUSED);
    const allowed = await knock(giveLeaseDoor, org, { body: { ...body, ...MINI } });
    expect(allowed.json.reason).toBeUndefined();
  });

  it('says so, and a list that allows none is none', async () => {
    const org = await pinned(MINI);
    const { json } = await knock(getKeys, org);
    expect((json.items as { pins: object }[]).find(({ pins }) => 'models' in pins)?.pins).toEqual({ tags: {}, models: [MINI] });
    for (const models of [[], [{ provider: 'openai' }], ['gpt-4o'], [{ ...MINI, x: 1 }]])
      expect((await knock(postKey, org, { body: { name: 'x', scopes: ['read'], pins: { models } } })).status).toBe(422);
  });
});
