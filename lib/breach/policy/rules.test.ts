import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIRST, isAtAdmins, minutesAt, type Policy, type Station, stationAfter, targetsAt } from './rules';

const policyOf = (steps: number, repeats: number): Policy => ({
  name: 'p',
  steps: Array.from({ length: steps }, (_, i) => ({ targets: [`member:${i + 1}`], minutesToAcknowledge: i + 1 })),
  repeats,
  acknowledgeExpiresMinutes: null,
});

it.each([
  ['one step, no repeats', 1, 0, '1.1 1.2! 2.2! 3.2!'],
  ['two steps, no repeats', 2, 0, '1.1 1.2 1.3! 2.3!'],
  ['two steps, once more', 2, 1, '1.1 1.2 2.1 2.2 2.3! 3.3!'],
  ['three steps, twice more', 3, 2, '1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.2 3.3 3.4! 4.4!'],
])('%s', (_, steps, repeats, path) => {
  const policy = policyOf(steps, repeats);
  let at: Station = FIRST;
  const said = path.split(' ').map(() => {
    const word = `${at.round}.${at.step}${isAtAdmins(policy, at) ? '!' : ''}`;
    at = stationAfter(policy, at);
    return word;
  });
  expect(said.join(' ')).toBe(path);
});

it('every step of every round comes once, in order, then the admins for ever, no station twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 }), (steps, repeats) => {
      const policy = policyOf(steps, repeats);
      const path: Station[] = [FIRST];
      while (path.length < steps * (repeats + 1) + 5) path.push(stationAfter(policy, path.at(-1) as Station));
      expect(new Set(path.map((each) => `${each.round}.${each.step}`)).size).toBe(path.length);
      const climbing = path.filter((each) => !isAtAdmins(policy, each));
      expect(climbing).toHaveLength(steps * (repeats + 1));
      expect(climbing.map((each) => targetsAt(policy, each)[0])).toEqual(climbing.map((_, i) => `member:${(i % steps) + 1}`));
      for (const each of path.slice(climbing.length)) expect([targetsAt(policy, each), minutesAt(policy, each)]).toEqual([['admins'], 60]);
    }),
  );
});
