import { expect, it } from 'vitest';
import { anOrg } from '@/lib/testing/an-org';
import { made } from '@/lib/testing/budgets';
import { standClock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { changeBudgetDoor, setThresholdsDoor } from './doors';

useDatabase();
standClock();

it("rights: a viewer who is budget owner may set that budget's thresholds and no other's", async () => {
  const org = await anOrg();
  const { actor } = org.members.budget_owner;
  expect(actor.role).toBe('viewer');
  const [own, other] = [await made(org, { ownerId: actor.id }), await made(org, { name: 'Other' })];
  const body = {
    items: [
      { at: 0.7, kind: 'contain', mustAnswer: true },
      { at: 0.9, kind: 'stop' },
    ],
  };
  const set = async (id: string, as: 'budget_owner' | 'viewer' | 'escalation_owner' | 'analyst') => {
    const response = await org.ask(setThresholdsDoor, as, { params: { id }, body });
    return response.status === 200 ? 200 : `${response.status} ${((await response.json()) as { code: string }).code}`;
  };
  expect(await set(own.id, 'budget_owner')).toBe(200);
  expect(await set(other.id, 'budget_owner')).toBe('403 budget.not_yours');
  for (const as of ['viewer', 'escalation_owner', 'analyst'] as const) expect(await set(own.id, as)).toBe('403 right.missing');
  // The duty is for thresholds and toggles: it changes neither amount nor owner, also not to nobody.
  for (const change of [{ amount: '99' }, { ownerId: null }, { escalationPolicyId: null }])
    expect((await org.ask(changeBudgetDoor, 'budget_owner', { params: { id: own.id }, body: change })).status).toBe(403);
});
