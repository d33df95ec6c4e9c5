import { expect, it } from 'vitest';
import { priceIn } from '@/lib/price/schema';
import { endBudget } from '@/lib/spend/limit/end-budget';
import { stopByHand } from '@/lib/spend/limit/stop-by-hand';
import { changeWorkload } from '@/lib/spend/limit/workloads';
import { setPrices } from '@/lib/spend/reprice/set-prices';
import { liftStop } from '@/lib/stop/lift';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, expectTrue, made, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

/** What a process remembers of an organisation; its connections are shared here. */
const REMEMBERED = [
  ...['hardstopBudgetSets', 'hardstopPeriods', 'hardstopBooks', 'hardstopWorkloads', 'hardstopHeldPrices', 'hardstopHeldWritten'],
  ...['hardstopLabelValues', 'hardstopKeys', 'hardstopHolds', 'hardstopExposed'],
];

type Memory = Record<string, unknown>;

/** Two processes over one database: each remembers what it has seen itself, and nothing of what the other has. */
function processes(): { a: <T>(work: () => Promise<T>) => Promise<T>; b: <T>(work: () => Promise<T>) => Promise<T> } {
  const here = globalThis as unknown as Memory;
  const as =
    (memory: Memory) =>
    async <T>(work: () => Promise<T>) => {
      const outer = Object.fromEntries(REMEMBERED.map((name) => [name, here[name]]));
      Object.assign(here, Object.fromEntries(REMEMBERED.map((name) => [name, undefined])), memory);
      try {
        return await work();
      } finally {
        for (const name of REMEMBERED) memory[name] = here[name];
        Object.assign(here, outer);
      }
    };
  return { a: as({}), b: as({}) };
}

it('what one process changes the next decision of another goes by', async () => {
  const org = await anOrg();
  const { a, b } = processes();
  const { id } = await a(() => made(org, { scope: {}, amount: '10' }));
  const decides = (part: Parameters<typeof ask>[1] = {}) => a(() => ask(org, part));
  expect(await decides()).toMatchObject({ decision: 'allow' });
  // A budget that the first process has never heard of, and its limit, mode and stop.
  const { id: other } = await b(() => made(org, { amount: '0.008' }));
  expect(await decides()).toMatchObject({ reason: 'busy', budgetId: other });
  await b(() => changed(org, other, { amount: '10' }));
  expect(await decides()).toMatchObject({ decision: 'allow' });
  await b(() => changed(org, other, { amount: '0.001', confirm: true }));
  expect(await decides()).toMatchObject({ decision: 'deny', budgetId: other });
  await b(() => changed(org, other, { mode: 'observe' }));
  expect(await decides()).toMatchObject({ decision: 'allow', observed: { budgetId: other } });
  await b(() => org.run((ctx) => endBudget(ctx, { id: other, ifMatch: null, reason: 'Over' }), NOON));
  expect(await decides()).toMatchObject({ decision: 'allow', observed: null });
  const stop = await b(() => org.run((ctx) => stopByHand(ctx, { budgetId: id, reason: 'A loop' }), NOON));
  expect(await decides()).toMatchObject({ reason: 'stopped', stopId: stop.id });
  await b(() => org.run((ctx) => liftStop(ctx, { stopId: stop.id, why: 'Mended' }), NOON));
  expect(await decides()).toMatchObject({ decision: 'allow' });
  // A price, and a workload's team.
  expect(await decides({ provider: 'own', model: 'new' })).toMatchObject({ reason: 'unpriced' });
  const prices = ['input', 'output'].map((unit) => priceIn.parse({ provider: 'own', model: 'new', unit, nanoUsdPerMillion: '1000000000' }));
  await b(() => org.run((ctx) => setPrices(ctx, prices, false), NOON));
  expect(await decides({ provider: 'own', model: 'new' })).toMatchObject({ decision: 'allow', heldNanoUsd: '1500000' });
  const { id: red } = await b(() => made(org, { scope: { team: 'red' }, amount: '0.001' }));
  expect(await decides()).toMatchObject({ decision: 'allow' });
  await b(() => org.run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change: { team: 'red' } }), NOON));
  expect(await decides()).toMatchObject({ decision: 'deny', budgetId: red });
  await expectTrue(org);
});

it('what was rolled back is remembered by nobody', async () => {
  const org = await anOrg();
  const { a, b } = processes();
  const { id } = await b(() => made(org, { scope: {}, amount: '10' }));
  await a(() => ask(org));
  const undone = org.run(async (ctx) => {
    await changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change: { team: 'red' } });
    await setPrices(ctx, [priceIn.parse({ provider: 'openai', model: 'gpt-4o', unit: 'output', nanoUsdPerMillion: '1' })], true);
    throw new Error('undone');
  }, NOON);
  await expect(a(() => undone)).rejects.toThrow('undone');
  await a(() => spend(org, DOLLAR));
  expect(await a(() => ask(org))).toMatchObject({ decision: 'allow', heldNanoUsd: '7500000' });
  await b(() => made(org, { scope: { team: 'red' }, amount: '0' }));
  expect(await a(() => ask(org))).toMatchObject({ decision: 'allow' });
  expect((await b(() => read(org, id))).current).toMatchObject({ heldNanoUsd: '22500000', actualNanoUsd: String(DOLLAR) });
  await expectTrue(org);
});
