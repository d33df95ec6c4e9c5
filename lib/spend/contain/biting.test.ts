import { describe, expect, it } from 'vitest';
import { readAction } from '@/lib/containment/reads';
import { reader } from '@/lib/db';
import { hours, plus, toIso } from '@/lib/kernel/instant';
import { priceIn } from '@/lib/price/schema';
import { changeWorkload } from '@/lib/spend/limit/workloads';
import { setPrices } from '@/lib/spend/reprice/set-prices';
import { authorizeIn, settleIn } from '@/lib/spend/schema';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { ask, decided, expectTrue, made, read } from '@/lib/testing/budgets';
import { contain, letGo, ROUTE } from '@/lib/testing/containment';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

/** Asks as a program sends it, by whatever spelling. */
const sent = (org: TestOrg, part: Record<string, unknown>, now = NOON): Promise<Record<string, string>> =>
  decided(org, { kind: 'authorize', request: authorizeIn.parse({ ...anAsk(), ...part }) }, now);

const denied = (reason: string, actionId: string) => ({ decision: 'deny', reason, actionId, budgetId: null, stopId: null });

describe('a block', () => {
  it('refuses every paid call of its scope from its commit to its end, and holds nothing', async () => {
    const org = await anOrg();
    const { id } = await made(org);
    const block = await contain(org);
    expect(await ask(org)).toMatchObject({ ...denied('blocked', block.id), retryAfterMs: null, fallback: null });
    const change = { fallback: { message: 'Back soon', url: null } };
    await org.run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change }), NOON);
    expect(await ask(org)).toMatchObject({ ...denied('blocked', block.id), fallback: { message: 'Back soon', url: null } });
    expect(await ask(org, { maxUnits: { input: 0, output: 0 } })).toMatchObject(denied('blocked', block.id));
    expect(await ask(org, { workload: 'writer' })).toMatchObject({ decision: 'allow' });
    expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '0', stopId: null });
    await letGo(org, block);
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
  });

  it('never bites after its expiry, though nobody has written that down', async () => {
    const org = await anOrg();
    const block = await contain(org, { expiresAt: toIso(plus(NOON, hours(2))) });
    expect(await ask(org, {}, plus(NOON, hours(1)))).toMatchObject(denied('blocked', block.id));
    expect(await ask(org, {}, plus(NOON, hours(2)))).toMatchObject({ decision: 'allow' });
  });

  it('that is only prepared refuses nothing', async () => {
    const org = await anOrg();
    await contain(org, { prepare: true });
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
  });

  it('of what nobody has adopted lets go of it once someone has', async () => {
    const org = await anOrg();
    await reader().query(
      `INSERT INTO containment_action (org_id, id, kind, unassigned, params, reason, cause, mode, created_by, created_at, started_at, started_by)
       VALUES ($1, 'act_u', 'block', true, '{}', 'Unknown', 'manual', 'automatic', 'test', $2, $2, 'test')`,
      [org.orgId, toIso(NOON)],
    );
    expect(await ask(org)).toMatchObject(denied('blocked', 'act_u'));
    await org.run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change: { adopted: true } }), NOON);
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
  });
});

describe('a feature that is off', () => {
  it('refuses its own calls, and tells the others of its workload', async () => {
    const org = await anOrg();
    const off = await contain(org, { kind: 'disable_feature', params: { feature: 'images' } });
    expect(await ask(org, { feature: 'Images' })).toMatchObject(denied('feature_disabled', off.id));
    expect(await ask(org, { feature: 'summarise' })).toMatchObject({ decision: 'allow', featuresOff: ['images'] });
    expect(await ask(org, { workload: 'writer', feature: 'images' })).toMatchObject({ decision: 'allow', featuresOff: [] });
  });
});

it('routing changes the model and the price', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  const mini = await made(org, { scope: { model: 'gpt-4o-mini' } });
  const route = await contain(org, ROUTE);
  const request = anAsk();
  const allowed = await decided(org, { kind: 'authorize', request });
  // 1,000 in and 500 out: $0.0075 of gpt-4o, $0.00045 of gpt-4o-mini.
  expect(allowed).toMatchObject({ decision: 'allow', model: 'gpt-4o-mini', provider: 'openai', routedBy: route.id, heldNanoUsd: '450000' });
  expect(await decided(org, { kind: 'authorize', request })).toEqual(allowed);
  for (const budget of [id, mini.id]) expect((await read(org, budget)).current).toMatchObject({ heldNanoUsd: '450000' });
  const settle = settleIn.parse({ holdId: allowed.holdId, units: { input: 800, output: 100 } });
  expect(await decided(org, { kind: 'settle', request: settle })).toMatchObject({ settledNanoUsd: '180000' });
  // 800 in and 100 out of gpt-4o: $0.003.
  expect(await readAction(org.ctx(), route.id)).toMatchObject({ callsAffected: 1, savedNanoUsd: String(3_000_000 - 180_000) });
  expect(await ask(org, { model: 'gpt-4.1' })).toMatchObject({ model: 'gpt-4.1', routedBy: null });
  for (const [provider, model] of [
    ['OpenAI', 'GPT-4o-2024-08-06'],
    ['openai', 'openai/gpt-4o'],
  ])
    expect(await sent(org, { provider, model })).toMatchObject({ model: 'gpt-4o-mini', routedBy: route.id });
  await expectTrue(org);
});

describe('a route', () => {
  it('goes one hop, and of two the cheaper', async () => {
    const org = await anOrg();
    const to = (from: string, model: string) => ({
      kind: 'route',
      params: { from: { provider: 'openai', model: from }, to: { provider: 'openai', model } },
    });
    await contain(org, to('gpt-4o-mini', 'gpt-4.1-nano'));
    await contain(org, to('gpt-4o', 'gpt-4.1'));
    const cheap = await contain(org, ROUTE);
    expect(await ask(org)).toMatchObject({ model: 'gpt-4o-mini', routedBy: cheap.id });
  });

  it('leads around no block of the model it leads to', async () => {
    const org = await anOrg();
    const block = await contain(org, { scope: { model: 'gpt-4o-mini' } });
    await contain(org, ROUTE);
    expect(await ask(org)).toMatchObject(denied('blocked', block.id));
  });

  it('says nothing of what it saved where the asked model has no price', async () => {
    const org = await anOrg();
    const params = { from: { provider: 'own', model: 'house-1' }, to: { provider: 'own', model: 'house-2' } };
    const prices = ['input', 'output'].map((unit) =>
      priceIn.parse({ provider: 'own', model: 'house-2', unit, nanoUsdPerMillion: '1000000' }),
    );
    await org.run((ctx) => setPrices(ctx, prices, false), NOON);
    const route = await contain(org, { kind: 'route', params });
    const { holdId = '', model } = await sent(org, { provider: 'own', model: 'House-1' });
    expect(model).toBe('house-2');
    await decided(org, { kind: 'settle', request: settleIn.parse({ holdId, units: { input: 10, output: 10 } }) });
    expect(await readAction(org.ctx(), route.id)).toMatchObject({ callsAffected: 1, savedNanoUsd: '0' });
  });
});
