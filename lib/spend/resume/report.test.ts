import { expect, it } from 'vitest';
import { minutes, plus, seconds } from '@/lib/kernel/instant';
import { listPlans } from '@/lib/recovery/read/plans';
import { markdownOf } from '@/lib/recovery/report/markdown';
import { readReport } from '@/lib/recovery/report/report';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, DOLLAR, decided, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

it('a report says what a level set off before the stop, what that saved, and what was refused from the first minute on', async () => {
  const org = await anOrg();
  const [from, to] = [
    { provider: 'openai', model: 'gpt-4o' },
    { provider: 'openai', model: 'gpt-4o-mini' },
  ];
  const { id: budgetId } = await made(org, {
    thresholds: [
      { at: 0.8, kind: 'contain', mustAnswer: false, actions: [{ kind: 'route', mode: 'automatic', params: { from, to } }] },
      { at: 0.95, kind: 'stop', mustAnswer: true },
    ],
  });
  await spend(org, 81n * (DOLLAR / 10n));
  const { holdId = '', model } = await ask(org);
  expect(model).toBe('gpt-4o-mini');
  await decided(org, { kind: 'settle', request: { holdId, units: { input: 1_000, output: 500 } } as never });
  // Half a minute past the minute: what is refused then stands in the minute that had begun.
  const stopped = plus(NOON, seconds(27));
  await spend(org, 2n * DOLLAR, {}, stopped);
  expect(await ask(org, {}, plus(stopped, seconds(2)))).toMatchObject({ reason: 'stopped' });
  const later = org.ctx(plus(NOON, minutes(5)));
  const [plan] = (await listPlans(later, { limit: 10, state: 'open', budgetId })).items;
  const report = await readReport(later, plan?.id ?? '');
  // 1,000 tokens in and 500 out: $0.0075 by the one, $0.00045 by the other.
  expect(report).toMatchObject({
    refusedCalls: 1,
    cost: { savedNanoUsd: '7050000' },
    contained: [{ kind: 'route', callsAffected: 1, savedNanoUsd: '7050000', endedAt: null }],
  });
  expect(markdownOf(report)).toContain('| saved by cheaper models, measured | $0.0071 |');
});
