import { expect, it } from 'vitest';
import type { BreachOut } from '@/lib/breach/schema';
import { answerWords, boardOf, breachesFirstLine, breachFirstLine, firstBoard } from './words';

const breach = (part: Partial<BreachOut>): BreachOut =>
  ({
    ...{
      title: 'support-bot stopped 03:12',
      phase: 'contained',
      answeredAt: null,
      answeredByName: null,
      closedByName: null,
      isStopped: true,
    },
    budget: { id: 'bud_1', name: 'support-bot', ownerId: null, ownerName: null },
    climb: { nextAt: '2026-11-24T03:27:00Z' },
    ...part,
  }) as BreachOut;
const answered = { answeredAt: '2026-11-24T03:16:00Z', answeredByName: 'Ada' };

it.each([
  ['nothing was ever breached', [], 'Nothing to answer: no budget has been breached yet.'],
  ['all are closed', [breach({ phase: 'closed' }), breach({ phase: 'closed' })], 'Nothing to answer. All 2 closed.'],
  ['one waits', [breach({})], 'support-bot stopped 03:12 waits for an answer.'],
  ['two wait', [breach({}), breach({ title: 'b' })], 'Two breaches wait for an answer; support-bot stopped 03:12 first.'],
  ['one recovers', [breach({ ...answered, phase: 'recovering' })], 'One budget is recovering; everything is answered.'],
  ['some are open', [breach(answered), breach({ ...answered, phase: 'recovering' })], 'Two open, all answered; one recovering.'],
])('says of all breaches, where %s, what is so', (_, all, line) => expect(breachesFirstLine(all)).toBe(line));

it.each([
  ['nobody answered', breach({}), null, 'support-bot stopped 03:12; nobody has answered, climbs 04:27.'],
  [
    'nobody answered, and its budget has a long name',
    breach({ title: 'Document extraction, Europe and Africa reached 80\u00a0% of its amount' }),
    null,
    'Document extraction, Europe and Africa reached 80\u00a0% of its amount; nobody has answered, climbs 04:27.',
  ],
  ['someone has it', breach(answered), null, 'support-bot stopped 03:12. Ada has it; it is stopped.'],
  [
    'it recovers',
    breach({ ...answered, phase: 'recovering', isStopped: false }),
    { days: 2, need: 3, earliestClose: '2026-11-27', percent: 100 },
    'support-bot recovers at 100\u00a0%: 2 of 3 stable days, earliest close Fri\u00a027\u00a0Nov.',
  ],
  ['it is closed', breach({ ...answered, phase: 'closed', closedByName: 'Ada' }), null, 'support-bot stopped 03:12: closed by Ada.'],
] as const)('says of one breach, where %s, who has it', (_, one, stable, line) => {
  expect(breachFirstLine(one, stable, 'Europe/Berlin')).toBe(line);
  expect(breachFirstLine(one, stable, 'Europe/Berlin').split(' ').length).toBeLessThanOrEqual(16);
});

it('an answer is one axis, the phase another', () => {
  expect(answerWords(breach({ phase: 'recovering' }))).toEqual({ kind: 'warn', word: 'unanswered' });
  expect(boardOf({ phase: 'contained' })).toBe('open');
  expect(boardOf({ phase: 'recovering' })).toBe('recovering');
});

it('shows what is open first, else what is on its way back', () => {
  const of = (...phases: BreachOut['phase'][]) => firstBoard(phases.map((phase) => ({ phase })));
  expect(of('closed', 'recovering', 'contained')).toBe('open');
  expect(of('closed', 'recovering')).toBe('recovering');
  expect(of('closed')).toBe('open');
  expect(of()).toBe('open');
});
