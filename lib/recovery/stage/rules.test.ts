import { describe, expect, it } from 'vitest';
import { days, hours, type Instant, parseInstant, plus } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { PERCENTS, type Percent } from '../schema';
import {
  abortReason,
  allowanceOf,
  flowsIn,
  type GateFacts,
  gateOf,
  hourlyAllowance,
  isBurning,
  needsPerson,
  nextPercent,
  percentBefore,
} from './rules';

const at = (text: string): Instant => parseInstant(text) as Instant;
const $ = (dollars: number) => nanoUsd(BigInt(Math.round(dollars * 1e9)));

describe('steps', () => {
  it('let through percent × target ÷ 24 an hour, and percent × target a day', () => {
    expect(hourlyAllowance(1, $(1_140.6))).toBe($(0.47525));
    expect(hourlyAllowance(100, $(24))).toBe($(1));
    expect(hourlyAllowance(25, nanoUsd(-1n))).toBe(0n);
    const from = at('2026-11-25T00:00:00Z');
    const flows = flowsIn([{ at: from, percent: 50, targetNano: $(240) }], from, plus(from, days(1)));
    expect(allowanceOf(flows)).toBe($(120));
  });

  it('add up over a day on which they changed; before the first nothing flowed', () => {
    const from = at('2026-11-25T00:00:00Z');
    const steps = [
      { at: plus(from, hours(6)), percent: 1 as Percent, targetNano: $(2_400) },
      { at: plus(from, hours(12)), percent: 5 as Percent, targetNano: $(2_400) },
      { at: plus(from, hours(18)), percent: null, targetNano: $(2_400) },
    ];
    const flows = flowsIn(steps, from, plus(from, days(1)));
    expect(flows.map((each) => each.percent)).toEqual([null, 1, 5, null]);
    expect(allowanceOf(flows)).toBe($(6 + 30));
  });

  it('go up one by one and back one by one; the first and the last need a person', () => {
    expect([null, ...PERCENTS].map((each) => nextPercent(each as Percent | null))).toEqual([1, 5, 25, 50, 100, null]);
    expect(PERCENTS.map(percentBefore)).toEqual([null, 1, 5, 25, 50]);
    expect(PERCENTS.filter(needsPerson)).toEqual([1, 100]);
  });
});

const FIRST: GateFacts = {
  ...{ answered: true, cause: true, correctiveAction: true, roomAnswered: true, room: $(10), enforcing: true, stopped: true, atStep: 0 },
  ...{ calls: 0, spent: $(0), allowance: $(0), stale: [], lastVerdict: null },
};
const LATER: GateFacts = { ...FIRST, stopped: false, atStep: hours(24), calls: 3, spent: $(1), allowance: $(2), lastVerdict: 'stable' };

describe('a gate', () => {
  it.each([
    ['nobody has answered', { answered: false }],
    ['no cause', { cause: false }],
    ['no corrective action', { correctiveAction: false }],
    ['nobody has said where the money comes from', { roomAnswered: false }],
    ['no room, no resume', { room: $(0) }],
    ['the budget observes', { enforcing: false }],
  ])('of the first step is closed: %s', (_, part) => {
    expect(gateOf(1, FIRST).passed).toBe(true);
    expect(gateOf(1, { ...FIRST, ...part }).passed).toBe(false);
  });

  it.each([
    ['a stop holds', { stopped: true }],
    ['no room, no resume', { room: $(0) }],
    ['not a day at this step', { atStep: hours(24) - 1 }],
    ['no call', { calls: 0 }],
    ['no spend', { spent: $(0) }],
    ['over its allowance', { spent: $(3) }],
    ['a source is stale', { stale: ['otlp'] }],
    ['the last day was worse', { lastVerdict: 'worse' as const }],
    ['the last day was inconclusive', { lastVerdict: 'inconclusive' as const }],
  ])('of a later step is closed: %s', (_, part) => {
    expect(gateOf(25, LATER).passed).toBe(true);
    expect(gateOf(25, { ...LATER, ...part }).passed).toBe(false);
  });
});

describe('a watch', () => {
  const calm = {
    ...{ stopped: false, spentUp: false, today: { spent: $(10), allowance: $(10) }, worseDays: 2 },
    hour: { allowance: $(1), above: $(0) },
  };

  it.each([
    ['stopped again', { stopped: true }, true],
    ['charged is back at the limit', { spentUp: true }, true],
    ['exactly twice its allowance', { today: { spent: $(20), allowance: $(10) } }, false],
    ['more than twice its allowance', { today: { spent: $(20.1), allowance: $(10) } }, true],
    ['two worse days', { worseDays: 2 }, false],
    ['more than two worse days', { worseDays: 3 }, true],
  ])('aborts when %s', (_, part, aborts) => expect(abortReason({ ...calm, ...part }) !== null).toBe(aborts));

  it('sees a burn above a tenth of the hour, and not below', () => {
    expect(isBurning({ allowance: $(1), above: $(0.1) })).toBe(false);
    expect(isBurning({ allowance: $(1), above: $(0.11) })).toBe(true);
    expect(isBurning({ allowance: $(0), above: $(0) })).toBe(false);
  });
});
