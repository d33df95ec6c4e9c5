import { expect, it } from 'vitest';
import { breachSilentRefusals } from '@/lib/spend/refusing';
import { liftStop } from '@/lib/stop/lift';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ANSWERED, at, breachOf, openBreaches } from '@/lib/testing/breaches';
import { ask, changed, DOLLAR, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { followContainment } from './follow';

useDatabase();

it('a breach is contained while its budget is stopped, and open again when nothing holds it', async () => {
  const org = await anOrg();
  const { id: budgetId } = await made(org, { thresholds: ANSWERED });
  await spend(org, 10n * DOLLAR);
  const [breach] = await openBreaches(org);
  const id = breach?.id ?? '';
  expect(breach?.phase).toBe('contained');
  await changed(org, budgetId, { amount: '40' });
  await org.run((ctx) => liftStop(ctx, { stopId: breach?.stopIds[0] ?? '', why: 'There is room.' }), at(NOON, 1));
  await followContainment(at(NOON, 2));
  expect(await breachOf(org, id)).toMatchObject({ phase: 'open', isStopped: false });
  await spend(org, 40n * DOLLAR, {}, at(NOON, 3));
  expect(await breachOf(org, id)).toMatchObject({ phase: 'contained', isStopped: true, stopIds: [expect.any(String), expect.any(String)] });
  expect(await openBreaches(org)).toHaveLength(1);
  await followContainment(at(NOON, 4));
  expect((await breachOf(org, id)).phase).toBe('contained');
});

it('a budget that lets nothing pass for 15 minutes while it refuses ten calls is a breach without a stop, once', async () => {
  const org = await anOrg();
  const { id: budgetId } = await made(org, { amount: '0.05' });
  const large = { maxUnits: { input: 1_000_000, output: 500 } };
  const watch = (minutes: number) => org.run(breachSilentRefusals, at(NOON, minutes));
  expect(await ask(org)).toMatchObject({ decision: 'allow' });
  for (let i = 0; i < 12; i++) expect(await ask(org, large, at(NOON, 5))).toMatchObject({ decision: 'deny', reason: 'too_large' });
  expect(await watch(6)).toBe(0);
  expect(await watch(16)).toBe(1);
  expect(await openBreaches(org)).toMatchObject([{ budgetId, cause: 'refusing', phase: 'open', stopIds: [], planId: expect.any(String) }]);
  expect(await watch(17)).toBe(0);
});

it('nine refused calls, or one let pass, are no breach', async () => {
  const org = await anOrg();
  await made(org, { amount: '0.05' });
  const large = { maxUnits: { input: 1_000_000, output: 500 } };
  for (let i = 0; i < 9; i++) await ask(org, large, at(NOON, 5));
  expect(await org.run(breachSilentRefusals, at(NOON, 16))).toBe(0);
  await ask(org, large, at(NOON, 15));
  await ask(org, {}, at(NOON, 15));
  expect(await org.run(breachSilentRefusals, at(NOON, 16))).toBe(0);
});
