import { expect, it } from 'vitest';
import { budgetIn } from '@/lib/budget/schema';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { anOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { listWorkloads, readWorkload } from '@/lib/workload/reads';
import { workloadIn } from '@/lib/workload/schema';
import { useDatabase } from '@/scripts/testing/database';
import { makeBudget } from './make-budget';
import { addFeature, changeWorkload, makeWorkload } from './workloads';

useDatabase();

it('one first seen in traffic exists at once, unadopted, until a person takes it on', async () => {
  const org = await anOrg();
  await org.run((ctx) => bookUsage(ctx, [{ nano: 5n }]), NOON);
  const seen = await readWorkload(org.ctx(NOON), 'support-bot');
  expect(seen).toMatchObject({ slug: 'support-bot', name: 'support-bot', adoptedAt: null, enforcement: 'reported', lastDay: '2026-11-24' });
  const adopted = await org.run(
    (ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: 1, change: { adopted: true, team: 'care' } }),
    NOON,
  );
  expect(adopted).toMatchObject({ adoptedAt: '2026-11-24T12:00:00Z', team: 'care', etag: '"2"' });
  await expect(
    org.run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: 1, change: { team: 'sales' } }), NOON),
  ).rejects.toMatchObject({ code: 'etag.mismatch' });
});

it('a change reaches the next call: its team decides which budgets cover it', async () => {
  const org = await anOrg();
  await org.run((ctx) => bookUsage(ctx, [{ nano: 5n }]), NOON);
  const budget = budgetIn.parse({ name: 'Care', scope: { team: 'care' }, period: 'month', amount: '0' });
  const { id } = await org.run((ctx) => makeBudget(ctx, budget), NOON);
  const ask = async () =>
    decideTogether(org.orgId, [{ kind: 'authorize', keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, request: anAsk() }], NOON);
  expect(await ask()).toMatchObject([{ answer: { decision: 'allow' } }]);
  await org.run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change: { team: 'care' } }), NOON);
  expect(await ask()).toMatchObject([{ answer: { decision: 'deny', budgetId: id } }]);
});

it('one that asks first is declared', async () => {
  const org = await anOrg();
  await decideTogether(
    org.orgId,
    [{ kind: 'authorize', keyId: org.keys['spend:authorize'].id, pins: { tags: {} }, request: anAsk() }],
    NOON,
  );
  expect(await readWorkload(org.ctx(NOON), 'support-bot')).toMatchObject({ enforcement: 'declared' });
});

it('is made with what its users get when it is refused, and with features', async () => {
  const org = await anOrg();
  const input = workloadIn.parse({
    slug: 'faq',
    criticality: 'critical',
    fallback: { message: 'Back soon', url: 'https://status.example/faq' },
  });
  const made = await org.run((ctx) => makeWorkload(ctx, input), NOON);
  expect(made).toMatchObject({
    criticality: 'critical',
    fallback: { message: 'Back soon', url: 'https://status.example/faq' },
    features: [],
  });
  await expect(org.run((ctx) => makeWorkload(ctx, input), NOON)).rejects.toMatchObject({ code: 'workload.taken' });
  const add = () => org.run((ctx) => addFeature(ctx, { slug: 'faq', feature: { slug: 'images' } }), NOON);
  expect(await add()).toMatchObject({ features: [{ slug: 'images', name: 'images' }], etag: '"2"' });
  await expect(add()).rejects.toMatchObject({ code: 'feature.taken' });
  const { items } = await listWorkloads(org.ctx(NOON), { limit: 5, criticality: 'critical' });
  expect(items.map((each) => each.slug)).toEqual(['faq']);
  await expect(readWorkload(org.ctx(NOON), 'nobody')).rejects.toMatchObject({ code: 'workload.not_found' });
});
