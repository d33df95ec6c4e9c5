import { expect, it } from 'vitest';
import { endAction } from '@/lib/containment/end';
import { actionIn } from '@/lib/containment/schema';
import { switchOn } from '@/lib/containment/switch-on';
import { reader } from '@/lib/db';
import { hours, minus, plus, toIso } from '@/lib/kernel/instant';
import { openPlan } from '@/lib/recovery/open';
import { addStep } from '@/lib/recovery/step';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { DOLLAR, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { burnUpOf } from './read';

useDatabase();

it('marks what contained a budget and what did not: actions on its workload or on everything, from when until when', async () => {
  const org = await anOrg();
  const { id } = await made(org, { scope: { workload: 'support-bot' } });
  await spend(org, DOLLAR);
  const on = (part: Record<string, unknown>) => {
    const input = actionIn.parse({ kind: 'block', reason: 'A loop', ...part });
    return org.run((ctx) => switchOn(ctx, input), minus(NOON, hours(2)));
  };
  const own = await on({ kind: 'disable_feature', scope: { workload: 'support-bot' }, params: { feature: 'images' } });
  await on({ scope: { workload: 'another' } });
  await on({ scope: {}, prepare: true });
  await org.run((ctx) => endAction(ctx, own.id, 'Mended'), minus(NOON, hours(1)));
  const { pins } = await burnUpOf(org.ctx(NOON), id);
  expect(pins.filter((pin) => pin.kind.startsWith('action'))).toEqual([
    { at: toIso(minus(NOON, hours(2))), kind: 'action_on', label: 'Without images', href: '/containment' },
    { at: toIso(minus(NOON, hours(1))), kind: 'action_off', label: 'Without images: ended', href: '/containment' },
  ]);
});

it('marks the steps of a way back, where they were taken', async () => {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 10n * DOLLAR);
  const [stop] = await reader().query<{ id: string; period: string }>('SELECT id, period_id AS period FROM stop WHERE org_id = $1', [
    org.orgId,
  ]);
  const input = { breachId: 'brc_1', budgetId: id, periodId: stop?.period ?? '', stopId: stop?.id ?? '', cause: 'charged' };
  const later = plus(NOON, hours(3));
  await org.run(async (ctx) => {
    const plan = await openPlan(ctx, input);
    await addStep(ctx, plan, { kind: 'resume', percent: 5, targetNano: null, why: 'Mended', byRule: false });
  }, later);
  const { pins } = await burnUpOf(org.ctx(plus(later, hours(1))), id);
  expect(pins.filter((pin) => pin.kind === 'resume')).toEqual([{ at: toIso(later), kind: 'resume', label: 'Resumed to 5\u00a0%' }]);
});
