import { describe, expect, it } from 'vitest';
import { readAction } from '@/lib/containment/reads';
import { hours, minutes, plus } from '@/lib/kernel/instant';
import type { AuthorizeRequest } from '@/lib/spend/schema';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { ask, decided } from '@/lib/testing/budgets';
import { contain, letGo } from '@/lib/testing/containment';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

describe('what an action refuses', () => {
  const affected = (org: TestOrg, id: string) => readAction(org.ctx(), id);

  it('is counted once for each idempotency key and taken back when the call is let pass after all', async () => {
    const org = await anOrg();
    const block = await contain(org);
    const request: AuthorizeRequest = anAsk({ customer: 'acme' });
    for (let again = 0; again < 3; again++) await decided(org, { kind: 'authorize', request }, plus(NOON, minutes(again * 40)));
    await ask(org, { customer: 'globex' });
    expect(await affected(org, block.id)).toMatchObject({ callsAffected: 2, customersAffected: 2 });
    await letGo(org, block, plus(NOON, hours(2)));
    expect(await decided(org, { kind: 'authorize', request }, plus(NOON, hours(2)))).toMatchObject({ decision: 'allow' });
    expect(await affected(org, block.id)).toMatchObject({ callsAffected: 1, customersAffected: 1 });
  });

  it('leaves a key that has its hold with it', async () => {
    const org = await anOrg();
    const request = anAsk();
    const first = await decided(org, { kind: 'authorize', request });
    const block = await contain(org);
    expect(await decided(org, { kind: 'authorize', request })).toEqual(first);
    expect(await affected(org, block.id)).toMatchObject({ callsAffected: 0 });
  });
});
