import { describe, expect, it } from 'vitest';
import type { ThresholdOut } from '@/lib/budget/threshold/schema';
import { newAction } from './action-draft';
import { changesOf, faultsOf, itemsOf, ppmOf, type Row, rowOf, wasOf } from './draft';
import { sentenceOf } from './words';

const saved = (kind: ThresholdOut['kind'], at: number): ThresholdOut => ({
  ...{ id: `thr_${kind}`, kind, at, burn: false, withinDays: null, mustAnswer: false, actions: [], tell: [] },
});
const LEVELS = [saved('notify', 0.5), saved('contain', 0.8), saved('stop', 0.95)];
const NAMES = new Map([
  ['budget_owner', 'The budget’s owner'],
  ['member:mem_1', 'Ada'],
]);
const FACTS = { amountNanoUsd: '100000000000', chargedNanoUsd: '60000000000', enforces: true, names: NAMES };
const faultOf = (row: Row, rows: Row[]) => faultsOf(row, rows)['/at'];
const [OPENAI, MINI] = [
  { provider: 'openai', model: 'gpt-4o' },
  { provider: 'openai', model: 'gpt-4o-mini' },
];
const ACTIONS: ThresholdOut['actions'] = [
  { kind: 'route', mode: 'automatic', params: { from: OPENAI, to: MINI } },
  { kind: 'rate_limit', mode: 'automatic', params: { callsPerMinute: 60, burst: 2 } },
  { kind: 'disable_feature', mode: 'ask', params: { feature: 'images' } },
  { kind: 'block', mode: 'ask', params: {} },
];
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
    const said = LEVELS.map((each) => sentenceOf(rowOf(each), FACTS, rowOf(each)).join(''));
    expect(said[0]).toMatch(/^Notify when \$50\.00 is charged.*Already passed\.$/);
    expect(said[1]).toMatch(/^Contain at \$80\.00 charged: no action is set.*Nobody has to answer\.$/);
    expect(said[2]).toMatch(/^Stop at \$95\.00 charged: the next paid call of its scope is refused\./);
    expect(sentenceOf(rowOf(saved('stop', 0.95)), { ...FACTS, enforces: false })[1]).toContain('it observes, so it does not');
  });

  it('keep what they set off and whom they tell, in whichever order its parts are kept', () => {
    const kept = { ...saved('contain', 0.8), actions: ACTIONS, tell: ['budget_owner', 'member:mem_1'] };
    expect(itemsOf([rowOf(kept)])).toEqual([{ ...kept, id: undefined }].map(({ id: _, ...item }) => item));
    const turned = { ...kept, actions: [{ ...ACTIONS[0], params: { to: MINI, from: OPENAI } }, ...ACTIONS.slice(1)] } as ThresholdOut;
    expect(wasOf(rowOf(turned), [kept])).toBeNull();
    expect(wasOf(rowOf(kept), [turned])).toBeNull();
    const row = rowOf(kept);
    expect(wasOf({ ...row, tell: ['member:mem_1', 'budget_owner'] }, [kept])).toBeNull();
    expect(plain(wasOf({ ...row, tell: [] }, [kept]) ?? '')).toBe('was contain 80 %, told others');
    expect(plain(wasOf({ ...row, actions: row.actions.slice(1) }, [kept]) ?? '')).toBe('was contain 80 %, other actions');
  });

  it('say what they set off, what waits for a yes, and who is told', () => {
    const row = rowOf({ ...saved('contain', 0.8), actions: ACTIONS, tell: ['budget_owner', 'member:mem_1'] });
    const [, rest] = sentenceOf(row, FACTS, row);
    expect(rest).toContain(
      'calls to gpt-4o go to gpt-4o-mini; at most 60 calls a minute; waits for a yes: images is off; no call passes, free ones neither.',
    );
    expect(rest).toContain('Someone must answer for it. Tells the budget’s owner, Ada.');
    expect(sentenceOf(row, { ...FACTS, enforces: false }, row)[1]).toContain('It observes, so nothing of this is done.');
  });

  it('say whether saving sets a passed level off', () => {
    const kept = rowOf(saved('contain', 0.5));
    const said = (row: Row, was?: Row) => sentenceOf(row, FACTS, was)[1];
    expect(said(kept, kept)).toMatch(/Already passed\.$/);
    expect(said({ ...kept, actions: [newAction('block')] }, kept)).toMatch(/acts in the next period, or once a stop is lifted\.$/);
    expect(said({ ...kept, percent: '55' }, kept)).toMatch(/Already passed: it fires when you save\.$/);
    expect(said(kept)).toMatch(/Already passed: it fires when you save\.$/);
  });

  it('name the field of an action that is not filled in', () => {
    const row = (action: Row['actions'][number]) => ({ ...rowOf(saved('contain', 0.8)), actions: [action] });
    const faults = (action: Row['actions'][number]) => Object.keys(faultsOf(row(action), []));
    expect(faults(newAction('route', OPENAI))).toEqual(['/actions/0/params/to/model']);
    expect(faults(newAction('rate_limit'))).toEqual([]);
    expect(faults({ ...newAction('rate_limit'), callsPerMinute: '1.5' })).toEqual(['/actions/0/params/callsPerMinute']);
    expect(faults({ ...newAction('rate_limit'), callsPerMinute: '', burst: '2' })).toEqual(['/actions/0/params']);
    expect(faults(newAction('disable_feature'))).toEqual(['/actions/0/params/feature']);
    expect(faults(newAction('block'))).toEqual([]);
    const two = { ...row(newAction('block')), actions: [newAction('block'), newAction('block')] };
    expect(Object.keys(faultsOf(two, []))).toEqual(['/actions/1']);
  });
});

describe('what looks ahead', () => {
  const facts = {
    amountNanoUsd: '100000000000',
    chargedNanoUsd: '0',
    enforces: true,
    names: new Map([['budget_owner', 'The budget’s owner']]),
  };
  const ahead = (part: object) => rowOf({ ...aheadBase, ...part } as ThresholdOut);
  const aheadBase = { id: 'thr_1', kind: 'notify', at: 0.02, burn: false, withinDays: null, mustAnswer: false, actions: [], tell: [] };

  it('says what it looks at, by its kind', () => {
    expect(sentenceOf(ahead({ burn: true, mustAnswer: true }), facts).join('')).toBe(
      'Notify when 2 % of the amount is spent within 1/720 of the period, and its last twelfth goes on so. Someone must answer for it.',
    );
    expect(sentenceOf(ahead({ kind: 'contain', at: 1, withinDays: 3, tell: ['budget_owner'] }), facts).join('')).toBe(
      'Contain when the forecast reaches the limit within 3 days. Tells the budget’s owner.',
    );
  });

  it('is a change when its days are others, and none when they are the same', () => {
    const saved = [{ ...aheadBase, at: 1, withinDays: 3 } as ThresholdOut];
    expect(wasOf({ ...rowOf(saved[0] as ThresholdOut), withinDays: 7 }, saved)).toContain('within 3 days');
    expect(wasOf(rowOf(saved[0] as ThresholdOut), saved)).toBeNull();
  });
});
