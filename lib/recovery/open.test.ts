import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { anOrg } from '@/lib/testing/an-org';
import { DOLLAR, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { openPlan } from './open';

useDatabase();

it('a plan opens with its breach, once a budget, with what stood then', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 10n * DOLLAR);
  const [stop] = await reader().query<{ id: string; period_id: string }>('SELECT id, period_id FROM stop WHERE org_id = $1', [org.orgId]);
  const input = { breachId: 'brc_1', budgetId: id, periodId: stop?.period_id ?? '', stopId: stop?.id ?? '', cause: 'charged' };
  const plan = await org.run((ctx) => openPlan(ctx, input));
  expect(await org.run((ctx) => openPlan(ctx, { ...input, breachId: 'brc_2' }))).toBe(plan);
  expect(await reader().query('SELECT id, phase, stage_percent, snapshot FROM recovery_plan WHERE org_id = $1', [org.orgId])).toMatchObject(
    [{ id: plan, phase: 'planned', stage_percent: null, snapshot: { cause: 'charged', stopId: stop?.id, amount: '10.000000' } }],
  );
});
