import { expect, it } from 'vitest';
import type { PlanOut } from '@/lib/recovery/schema';
import { nextWords } from './next-words';
import { flowsFreely, shareOfAllowance } from './words';

it('holds a day’s spend against its allowance, in which the step’s percent stands already', () => {
  expect(shareOfAllowance('30', '60')).toBe(0.5);
  expect(shareOfAllowance('90', '60')).toBe(1.5);
  expect(shareOfAllowance('90', '0')).toBeNull();
});

it('tells what flows freely from what a step holds', () => {
  expect(flowsFreely({ stagePercent: 100, hourlyNanoUsd: null })).toBe(true);
  expect(flowsFreely({ stagePercent: 100, hourlyNanoUsd: '5' })).toBe(false);
  expect(flowsFreely({ stagePercent: null, hourlyNanoUsd: null })).toBe(false);
});

it('says what a recovery needs next: the money, a yes, a gate, its end', () => {
  const step = (passed: boolean, needsPerson: boolean) => ({
    ...{ percent: 100, state: 'next' },
    gate: { percent: 100, passed, needsPerson, checks: [{ key: 'time', passed, detail: 'This step is watched for 24 hours first.' }] },
  });
  const plan = (more: object) =>
    nextWords({
      phase: 'resuming',
      room: 'raise',
      stagePercent: 50,
      steps: [],
      criteria: [],
      stable: { earliestClose: null },
      ...more,
    } as never as PlanOut);
  expect(plan({ room: null, stagePercent: null })).toEqual({ text: 'say where the money comes from', isPersons: true });
  expect(plan({ steps: [step(true, true)] })).toEqual({ text: 'say yes to 100\u00a0%', isPersons: true });
  expect(plan({ steps: [step(false, true)] })).toEqual({ text: '100\u00a0%: this step is watched for 24 hours first.', isPersons: false });
  expect(plan({})).toEqual({ text: 'close it', isPersons: true });
  const criteria = ['stable_days', 'checks'].map((key) => ({ key, met: false }));
  expect(plan({ criteria, stable: { earliestClose: '2026-11-27' } }).text).toBe(
    'close Fri\u00a027\u00a0Nov at the earliest; it waits for stable days and the check list',
  );
});
