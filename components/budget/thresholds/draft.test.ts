import { describe, expect, it } from 'vitest';
import type { ThresholdOut } from '@/lib/budget/threshold/schema';
import { changesOf, faultOf, itemsOf, ppmOf, rowOf, sentenceOf, wasOf } from './draft';

const saved = (kind: ThresholdOut['kind'], at: number): ThresholdOut => ({
  ...{ id: `thr_${kind}`, kind, at, burn: false, withinDays: null, mustAnswer: false, actions: [], tell: [] },
});
const LEVELS = [saved('notify', 0.5), saved('contain', 0.8), saved('stop', 0.95)];
const FACTS = { amountNanoUsd: '100000000000', chargedNanoUsd: '60000000000', enforces: true };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('levels being edited', () => {
  it.each([
    ['95', 950_000],
    ['12.5', 125_000],
    ['0,1', 1_000],
    ['', null],
    ['0', null],
    ['-5', null],
    ['1001', null],
    ['9e1', null],
  ])('reads %s as %s ppm', (typed, ppm) => expect(ppmOf(typed)).toBe(ppm));

  it('come back as they were saved', () => {
    const rows = LEVELS.map(rowOf);
    expect(changesOf(rows, LEVELS)).toBe(0);
    expect(itemsOf(rows)).toEqual(LEVELS.map(({ id: _, ...item }) => item));
  });

  it('say what they were, what is new, and count what was removed', () => {
    const [notify, contain, stop] = LEVELS.map(rowOf) as [ReturnType<typeof rowOf>, ReturnType<typeof rowOf>, ReturnType<typeof rowOf>];
    const rows = [{ ...contain, percent: '65' }, { ...notify, key: 'new-1', percent: '70' }, stop];
    expect(rows.map((row) => plain(wasOf(row, LEVELS) ?? ''))).toEqual(['was contain 80 %', 'new', '']);
    expect(changesOf(rows, LEVELS)).toBe(3);
  });

  it('say at the field what is wrong', () => {
    const rows = [rowOf(saved('stop', 0.95)), rowOf(saved('contain', 0.8)), { ...rowOf(saved('contain', 0.8)), key: 'new' }] as const;
    expect(faultOf({ ...rows[0], percent: '101' }, [...rows])).toBe('A stop lies at 100 % at most.');
    expect(faultOf({ ...rows[0], percent: '' }, [...rows])).toMatch(/a number above 0/);
    expect(faultOf(rows[1], [...rows])).toBe('This level stands here twice.');
    expect(faultOf(rows[0], [...rows])).toBeUndefined();
  });

  it('tell what will happen, and what has been passed', () => {
    const said = LEVELS.map((each) => sentenceOf(rowOf(each), FACTS).join(''));
    expect(said[0]).toMatch(/^Notify when \$50\.00 is charged.*Already passed\.$/);
    expect(said[1]).toMatch(/^Contain at \$80\.00 charged: no action is set.*Nobody has to answer\.$/);
    expect(said[2]).toMatch(/^Stop at \$95\.00 charged: the next paid call of its scope is refused\./);
    expect(sentenceOf(rowOf(saved('stop', 0.95)), { ...FACTS, enforces: false })[1]).toContain('it observes, so it does not');
  });
});
