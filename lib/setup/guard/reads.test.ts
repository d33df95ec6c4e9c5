import { describe, expect, it } from 'vitest';
import type { Context } from '@/lib/context';
import { days, type Instant, minus, plus } from '@/lib/kernel/instant';
import { makeKey } from '@/lib/org/key/make';
import { inviteMember } from '@/lib/org/member/invite';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { bookUsage } from '@/lib/testing/book-usage';
import { useDatabase } from '@/scripts/testing/database';
import { proposeBudget, readGuard } from './reads';

useDatabase();

const DOLLAR = 1_000_000_000n;

/** An organisation as the first form leaves it: the standing budgets, and one admin. */
async function newcomer(): Promise<TestOrg> {
  const org = await anOrg();
  await org.run((ctx) =>
    ctx.tx.query(`UPDATE member SET ended_at = $3 WHERE org_id = $1 AND role = 'admin' AND id <> $2`, [
      ctx.orgId,
      org.members.admin.actor.id,
      new Date(0).toISOString(),
    ]),
  );
  return org;
}

const book = (org: TestOrg, spends: Parameters<typeof bookUsage>[1], now?: Instant) => org.run((ctx) => bookUsage(ctx, spends), now);
const guardOf = (org: TestOrg) => readGuard(org.ctx());

describe('how far an organisation is guarded', () => {
  it('is nothing for a newcomer, whose standing budgets only observe', async () => {
    const org = await newcomer();
    expect(await guardOf(org)).toEqual({ call: false, priced: false, budget: false, enforce: false, pinned: false, second_admin: false });
  });

  it('has the call at once, and priced only when no call is without a price', async () => {
    const org = await newcomer();
    await book(org, [{ nano: 0n, basis: 'unpriced' }]);
    expect(await guardOf(org)).toMatchObject({ call: true, priced: false });
    await book(org, [{ nano: 0n, basis: 'unpriced', calls: -1 }, { nano: DOLLAR }]);
    expect(await guardOf(org)).toMatchObject({ call: true, priced: true });
  });

  it('has a pinned key while one is live', async () => {
    const org = await newcomer();
    const expiresAt = plus(org.now, days(1));
    await org.run((ctx) => makeKey(ctx, { name: 'pinned', scopes: ['usage:write'], pins: { workload: 'support-bot' }, expiresAt }));
    expect((await guardOf(org)).pinned).toBe(true);
    expect((await readGuard(org.ctx(expiresAt))).pinned).toBe(false);
  });

  it('has a second admin when they have come, not when they are invited', async () => {
    const org = await newcomer();
    const invited = await org.run((ctx) =>
      inviteMember(ctx, { email: `${org.orgId}@second.test`, name: 'Second', role: 'admin', duties: [] }),
    );
    expect((await guardOf(org)).second_admin).toBe(false);
    await org.run((ctx: Context) =>
      ctx.tx.query('UPDATE member SET joined_at = created_at WHERE org_id = $1 AND id = $2', [ctx.orgId, invited.id]),
    );
    expect((await guardOf(org)).second_admin).toBe(true);
  });
});

describe('a first budget', () => {
  it('is proposed for nothing while nothing came', async () => {
    expect(await proposeBudget((await newcomer()).ctx())).toBeNull();
  });

  it('takes a tenth of the amount over everything while the days are too few', async () => {
    const org = await newcomer();
    await book(org, [{ nano: 5n * DOLLAR }]);
    expect(await proposeBudget(org.ctx())).toEqual({ workload: 'support-bot', amount: '100.00', currency: 'USD', fromDays: null });
  });

  it('goes by what the workload that spends most came to', async () => {
    const org = await newcomer();
    const spends = [1, 2, 3, 4].flatMap((back) => [
      { workload: 'doc-extract', nano: 100n * DOLLAR, at: minus(org.now, days(back)) },
      { workload: 'support-bot', nano: DOLLAR, at: minus(org.now, days(back)) },
    ]);
    await book(org, spends);
    expect(await proposeBudget(org.ctx())).toEqual({ workload: 'doc-extract', amount: '3800.00', currency: 'USD', fromDays: 4 });
  });
});
