import { expect, it } from 'vitest';
import { endAction } from '@/lib/containment/end';
import { actionIn } from '@/lib/containment/schema';
import { switchOn } from '@/lib/containment/switch-on';
import { only, reader } from '@/lib/db';
import { hours, minus, plus, toIso } from '@/lib/kernel/instant';
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
  // What somebody must answer for opens a way back with its breach.
  const { id } = await made(org, { thresholds: [{ at: 0.95, kind: 'stop', mustAnswer: true }] });
  await spend(org, 10n * DOLLAR);
  const { id: planId } = only(await reader().query<{ id: string }>('SELECT id FROM recovery_plan WHERE org_id = $1', [org.orgId]));
  const later = plus(NOON, hours(3));
  await org.run(async (ctx) => {
    const step = { kind: 'resume', percent: 5, targetNano: null, why: 'Mended', byRule: false } as const;
    await addStep(ctx, planId, step);
  }, later);
  const { pins } = await burnUpOf(org.ctx(plus(later, hours(1))), id);
  expect(pins.filter((pin) => pin.kind === 'resume')).toEqual([{ at: toIso(later), kind: 'resume', label: 'Resumed to 5\u00a0%' }]);
});
