import { describe, expect, it } from 'vitest';
import { memberTargets, type Reached, stepWords } from './words';

const member = (id: string, part: Partial<Reached> = {}): Reached => ({
  ...{ id, name: id, isAdmin: false, isEscalationOwner: false, away: null, deputyId: null, ...part },
});

describe('a step', () => {
  it('says whom it leads to now: by duty, and in whose place', () => {
    const targets = memberTargets([
      member('Ada', { isAdmin: true }),
      member('Emil', { isEscalationOwner: true, away: 'Fri 28 Nov', deputyId: 'Ada' }),
      member('Nora', { isEscalationOwner: true }),
      member('Olaf', { away: 'Mon 1 Dec' }),
    ]);
    const step = (...given: string[]) => stepWords({ targets: given, minutesToAcknowledge: 5 }, targets);
    expect(step('escalation_owner')).toBe('Escalation owners (Emil, away until Fri 28 Nov: Ada stands in; Nora): 5 minutes');
    expect(step('member:Nora', 'member:Emil')).toBe('Nora, Emil (away until Fri 28 Nov: Ada stands in): 5 minutes');
    expect(step('member:Olaf')).toBe('Olaf (away until Mon 1 Dec: nobody stands in): 5 minutes');
    expect(step('budget_owner', 'admins')).toBe('The budget’s owner, Admins (Ada): 5 minutes');
  });

  it('says that a duty nobody has leads to the admins', () => {
    expect(stepWords({ targets: ['escalation_owner'], minutesToAcknowledge: 1 }, memberTargets([member('Ada', { isAdmin: true })]))).toBe(
      'Escalation owners (nobody has this duty: the admins): 1 minute',
    );
  });
});
