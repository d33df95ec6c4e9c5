import { expect, it } from 'vitest';
import { budgetIn } from '@/lib/budget/schema';
import { reader } from '@/lib/db';
import { priceIn } from '@/lib/price/schema';
import { holdIdOf } from '@/lib/spend/hold/rows';
import { endBudget } from '@/lib/spend/limit/end-budget';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { stopByHand } from '@/lib/spend/limit/stop-by-hand';
import { setPrices } from '@/lib/spend/reprice/set-prices';
import { authorizeIn, settleIn } from '@/lib/spend/schema';
import { anOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { ask, DOLLAR, decided, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { decideTogether } from './group-commit';
import type { Op } from './ops';

useDatabase();

it('a call that could do with nothing is given nothing by a stopped budget', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await org.run((ctx) => stopByHand(ctx, { budgetId: id, reason: 'A loop' }), NOON);
  const wanted = { maxUnits: { input: 0, output: 500 }, minOutput: 0 };
  expect(await ask(org, wanted)).toMatchObject({ decision: 'allow', heldNanoUsd: '0', maxUnits: { input: 0, output: 0 } });
  expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '0' });
});

it('a lower output limit does not let one key hold more than its share', async () => {
  const org = await anOrg();
  // A key may hold a tenth of the $10 open: $1.
  const { id } = await made(org);
  await ask(org, { maxUnits: { input: 0, output: 90_000 } });
  const second = await ask(org, { maxUnits: { input: 0, output: 90_000 }, minOutput: 1 });
  expect(second).toMatchObject({ decision: 'allow', heldNanoUsd: '100000000' });
  expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '1000000000' });
});

it('the same key finds its hold though the hold itself left no room', async () => {
  const org = await anOrg();
  await made(org, { amount: '0.01' });
  const request = anAsk();
  const first = await decided(org, { kind: 'authorize', request });
  expect(first).toMatchObject({ decision: 'allow' });
  expect(await decided(org, { kind: 'authorize', request })).toEqual(first);
  const other = { ...request, maxUnits: { input: 1_000, output: 501 } };
  await expect(decided(org, { kind: 'authorize', request: other })).rejects.toMatchObject({ code: 'idempotency.mismatch' });
  expect(await reader().query('SELECT FROM refusal WHERE org_id = $1', [org.orgId])).toEqual([]);
});

it('a budget that has ended raises no stop when its last holds settle', async () => {
  const org = await anOrg();
  const { id } = await made(org, { amount: '0.01' });
  const { holdId = '' } = await ask(org);
  await org.run((ctx) => endBudget(ctx, { id, ifMatch: null, reason: 'Over' }), NOON);
  await decided(org, { kind: 'settle', request: settleIn.parse({ holdId, units: { input: 1_000, output: 5_000 } }) });
  expect(await openStops(org)).toEqual([]);
});

it("no spelling of a provider or a model leads around a budget's scope", async () => {
  const org = await anOrg();
  const budgets = [
    await made(org, { scope: { provider: 'OpenAI' } }),
    await made(org, { scope: { model: 'GPT-4o' } }),
    await made(org, { scope: { provider: 'openai', model: 'gpt-4o' } }),
  ];
  for (const [provider, model] of [
    ['openai', 'gpt-4o'],
    ['OPENAI', 'GPT-4o'],
    [' OpenAI ', ' gpt-4O '],
  ]) {
    const { holdId = '' } = await decided(org, {
      kind: 'authorize',
      request: authorizeIn.parse({ ...anAsk(), provider, model }),
    });
    await decided(org, { kind: 'settle', request: settleIn.parse({ holdId, provider, model, units: { input: 400, output: 100 } }) });
  }
  for (const { id } of budgets) expect((await read(org, id)).current).toMatchObject({ actualNanoUsd: '6000000', calls: 3 });
  await expectTrue(org);
});

it('nor does the spelling of a model that only the organisation has a price for', async () => {
  const org = await anOrg();
  const prices = ['input', 'output'].map((unit) =>
    priceIn.parse({ provider: 'own', model: 'House-1', unit, nanoUsdPerMillion: '1000000000' }),
  );
  await org.run((ctx) => setPrices(ctx, prices, false), NOON);
  const { id } = await made(org, { scope: { provider: 'own', model: 'house-1' } });
  await ask(org, { provider: 'own', model: 'HOUSE-1' });
  expect((await read(org, id)).current).toMatchObject({ heldNanoUsd: '1500000' });
});

it('what an observing budget leaves apart follows the price that comes later', async () => {
  const org = await anOrg();
  const input = budgetIn.parse({ name: 'Watch', scope: {}, period: 'month', amount: '10', mode: 'observe' });
  const { id } = await org.run((ctx) => makeBudget(ctx, input), NOON);
  const { holdId = '' } = await ask(org, { provider: 'own', model: 'new' });
  await decided(org, { kind: 'settle', request: settleIn.parse({ holdId, units: { input: 1_000, output: 500 } }) });
  const prices = ['input', 'output'].map((unit) => priceIn.parse({ provider: 'own', model: 'new', unit, nanoUsdPerMillion: '1000000000' }));
  await org.run((ctx) => setPrices(ctx, prices, true), NOON);
  await spend(org, DOLLAR);
  const [row] = await reader().query<{ charged: bigint; observed: bigint }>(
    `SELECT actual_nano + presumed_nano + unpriced_upper_nano AS charged, observed_charged_nano AS observed FROM budget_period WHERE org_id = $1 AND budget_id = $2`,
    [org.orgId, id],
  );
  expect(row).toEqual({ charged: DOLLAR + 1_500_000n, observed: 1_500_000n });
  await expectTrue(org);
});

it('a key whose hold ends in the same batch is told so, and given nothing', async () => {
  const org = await anOrg();
  await made(org);
  const by = { keyId: org.keys['spend:authorize'].id, pins: { tags: {} } };
  const request = anAsk();
  const { holdId = '' } = await decided(org, { kind: 'authorize', request });
  const settle = settleIn.parse({ holdId, units: { input: 1_000, output: 500 } });
  const ops: Op[] = [
    { kind: 'settle', ...by, request: settle },
    { kind: 'authorize', ...by, request },
  ];
  expect(await decideTogether(org.orgId, ops, NOON)).toMatchObject([{ answer: {} }, { fault: { code: 'hold.not_open' } }]);
});

it('a batch that is run again leaves nothing behind of its first run', async () => {
  const org = await anOrg();
  await made(org, { amount: '0.01' });
  const by = { keyId: org.keys['spend:authorize'].id, pins: { tags: {} } };
  const used = anAsk({ workload: 'elsewhere' });
  const other = { ...by, keyId: org.keys.admin.id };
  const [first] = await decideTogether(org.orgId, [{ kind: 'authorize', ...other, request: used }], NOON);
  const { holdId = '' } = await ask(org);
  // Ends above the limit, which leaves an excess, beside a key that is found to be used only by inserting.
  const settle = settleIn.parse({ holdId, units: { input: 1_000, output: 5_000 } });
  const ops: Op[] = [
    { kind: 'settle', ...by, request: settle },
    { kind: 'authorize', ...other, request: used },
  ];
  expect(await decideTogether(org.orgId, ops, NOON)).toMatchObject([
    { answer: { settledNanoUsd: '52500000' } },
    { answer: { decision: 'allow', holdId: holdIdOf(other.keyId, used.idempotencyKey) } },
  ]);
  expect(first).toMatchObject({ answer: { decision: 'allow' } });
  await expectTrue(org);
  expect(await reader().query('SELECT FROM excess WHERE org_id = $1', [org.orgId])).toHaveLength(1);
});
