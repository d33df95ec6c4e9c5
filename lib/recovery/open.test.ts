import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { anOrg } from '@/lib/testing/an-org';
import { DOLLAR, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { openPlan } from './open';

useDatabase();

it('a plan opens with its breach, once a budget, with what stood then', async () => {
  const org = await anOrg();
  const { id } = await made(org, { thresholds: [{ at: 0.95, kind: 'stop', mustAnswer: true }] });
  await spend(org, 10n * DOLLAR);
  const plans = () =>
    reader().query<{ id: string }>('SELECT id, phase, stage_percent, snapshot FROM recovery_plan WHERE org_id = $1', [org.orgId]);
  const [plan] = await plans();
  expect(plan).toMatchObject({ phase: 'planned', stage_percent: null, snapshot: { cause: 'charged', amount: '10.000000' } });
  const [breach] = await reader().query<{ id: string; period: string }>('SELECT id, period_id AS period FROM breach WHERE org_id = $1', [
    org.orgId,
  ]);
  const again = { breachId: breach?.id ?? '', budgetId: id, periodId: breach?.period ?? '', stopId: null, cause: 'level' };
  expect(await org.run((ctx) => openPlan(ctx, again))).toBe(plan?.id);
  expect(await plans()).toHaveLength(1);
});
