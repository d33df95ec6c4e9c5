import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { minutes, plus, toIso } from '@/lib/kernel/instant';
import { anOrg, type Who } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { endExpiredGrants, endGrant } from './end';
import { approved, asked, CHAT, granted, lifted, settled, stopped } from './testing/acts';

useDatabase();

describe('a grant', () => {
  it('opens when another person approves it: not whoever asked, not a key, not somebody else’s budget owner', async () => {
    const { org, id } = await stopped();
    const grant = await asked(org, id, {}, 'admin');
    expect(grant).toMatchObject({ state: 'asked', approvedBy: null, amountNanoUsd: '300000000' });
    await expect(approved(org, grant.id, 'admin')).rejects.toMatchObject({ code: 'grant.own' });
    await expect(approved(org, grant.id, 'budget_owner')).rejects.toMatchObject({ code: 'budget.not_yours' });
    expect((await read(org, id)).current.grantedNanoUsd).toBe('0');
    expect(await approved(org, grant.id)).toMatchObject({ state: 'open', approvedBy: org.members.analyst.actor.id });
    expect((await read(org, id)).current).toMatchObject({ grantedNanoUsd: '300000000', limitNanoUsd: '9800000000' });
    await expect(approved(org, grant.id, 'analyst')).rejects.toMatchObject({ code: 'grant.not_asked' });
    const itself = reader().query('UPDATE budget_grant SET approved_by = asked_by WHERE org_id = $1', [org.orgId]);
    await expect(itself).rejects.toMatchObject({ constraint: 'budget_grant_second_person' });
    await expectTrue(org);
  });

  it('is asked for by an escalation owner of any budget, and by a budget owner of their own only', async () => {
    const { org, id } = await stopped();
    expect(await asked(org, id, { amount: '0.10' }, 'escalation_owner')).toMatchObject({ state: 'asked' });
    await expect(asked(org, id, {}, 'budget_owner')).rejects.toMatchObject({ code: 'budget.not_yours' });
    await changed(org, id, { ownerId: org.members.budget_owner.actor.id });
    expect(await asked(org, id, { amount: '0.10' }, 'budget_owner')).toMatchObject({ state: 'asked' });
  });

  it('tells everyone who may approve it that it waits, and whoever asked what came of it; never the asker of their own asking', async () => {
    const { org, id } = await stopped();
    const told = async (kind: string) => {
      const rows = await reader().query<{ member: string; title: string }>(
        'SELECT member_id AS member, title FROM notice WHERE org_id = $1 AND kind = $2 ORDER BY id',
        [org.orgId, kind],
      );
      return rows.map(
        ({ member, title }) => `${Object.values(org.members).find((each) => each.actor.id === member)?.actor.name}: ${title}`,
      );
    };
    await org.run((ctx) => ctx.tx.query(`UPDATE member SET ended_at = joined_at WHERE org_id = $1 AND role = 'admin'`, [org.orgId]));
    await changed(org, id, { ownerId: org.members.budget_owner.actor.id });
    const first = await asked(org, id, { amount: '0.10' }, 'budget_owner');
    expect(await told('grant.asked')).toEqual(['The analyst: A grant of $0.10 out of Support waits for approval']);
    const second = await asked(org, id, { amount: '0.20' });
    expect((await told('grant.asked')).filter((each) => each.includes('0.20')).sort()).toEqual([
      'The analyst: A grant of $0.20 out of Support waits for approval',
      'The budget owner: A grant of $0.20 out of Support waits for approval',
    ]);
    await approved(org, first.id);
    expect(await told('grant.approved')).toEqual(['The budget owner: Your grant of $0.10 out of Support is open']);
    await org.run((ctx) => endGrant(ctx, { id: second.id, reason: 'too soon' }), NOON, 'analyst');
    await org.run((ctx) => endGrant(ctx, { id: first.id, reason: 'mine' }), NOON, 'budget_owner');
    expect(await told('grant.ended')).toEqual(['The operator: Your grant of $0.20 out of Support was not approved']);
  });

  it('is declined by whoever may approve it or ask for it, and by nobody else', async () => {
    const { org, id } = await stopped();
    const decline = async (who: Who) => {
      const { id: grant } = await asked(org, id, { amount: '0.10' });
      return org.run((ctx) => endGrant(ctx, { id: grant, reason: 'not now' }), NOON, who);
    };
    for (const who of ['analyst', 'operator', 'escalation_owner'] as const)
      expect(await decline(who)).toMatchObject({ state: 'ended', approvedAt: null, endedWhy: 'not now', spentNanoUsd: '0' });
    for (const who of ['viewer', 'budget_owner'] as const) await expect(decline(who)).rejects.toMatchObject({ code: 'budget.not_yours' });
    expect((await read(org, id)).current.grantedNanoUsd).toBe('0');
  });

  it('lies in the reserve with all others, and the reserve cannot be made smaller than what is open', async () => {
    const { org, id } = await stopped();
    await expect(asked(org, id, { amount: '0.51' })).rejects.toMatchObject({ code: 'grant.over_reserve' });
    const second = await asked(org, id);
    await granted(org, id);
    await expect(approved(org, second.id)).rejects.toMatchObject({ code: 'grant.over_reserve' });
    const forced = reader().query(`UPDATE budget_grant SET state = 'open', approved_at = $2, approved_by = 'x' WHERE id = $1`, [
      second.id,
      toIso(NOON),
    ]);
    await expect(forced).rejects.toThrow('would pass its reserve');
    await expect(changed(org, id, { amount: '5.00', confirm: true })).rejects.toMatchObject({ code: 'budget.grants_open' });
  });

  it('lets calls of its scope spend the reserve once the stop is lifted; calls outside the scope see the limit without it', async () => {
    const { org, id } = await stopped();
    await granted(org, id);
    expect(await ask(org, CHAT)).toMatchObject({ decision: 'deny', reason: 'stopped' });
    await lifted(org);
    expect(await ask(org, CHAT)).toMatchObject({ decision: 'allow' });
    expect(await ask(org)).toMatchObject({ decision: 'deny', reason: 'stopped', stopId: null, budgetId: id });
    expect(await openStops(org)).toEqual([]);
    expect(await ask(org, CHAT)).toMatchObject({ decision: 'allow' });
    await expectTrue(org);
  });

  it('is not what others have room for: money spent under it is not counted against theirs', async () => {
    const org = await anOrg();
    const { id } = await made(org);
    await spend(org, 949n * (DOLLAR / 100n));
    await granted(org, id);
    // The ordinary money has room for one call of $0.0075; the second of chat uses the grant.
    const first = await ask(org, CHAT);
    const second = await ask(org, CHAT);
    await settled(org, first.holdId ?? '', 0);
    await settled(org, second.holdId ?? '', 2_000);
    expect(await ask(org)).toMatchObject({ decision: 'allow' });
    const uses = await reader().query('SELECT charged_nano AS charged, held_nano AS held FROM budget_grant WHERE org_id = $1', [org.orgId]);
    expect(uses).toEqual([{ charged: 5_000_000n, held: 0n }]);
    await expectTrue(org);
  });

  it('ends with what was spent of it; what is still held is an excess of its end, and settles as spent of it', async () => {
    const { org, id } = await stopped();
    const grant = await granted(org, id);
    await lifted(org);
    const [one, two] = [await ask(org, CHAT), await ask(org, CHAT)];
    await settled(org, one.holdId ?? '', 1_000);
    await org.run((ctx) => endGrant(ctx, { id: grant.id, reason: 'the demo is over' }), NOON, 'operator');
    const { current } = await read(org, id);
    expect(current).toMatchObject({ grantedNanoUsd: '2500000', excess: [{ cause: 'grant_ended', nanoUsd: '7500000' }] });
    expect(await openStops(org)).toMatchObject([{ cause: 'grant_ended' }]);
    await expectTrue(org);
    await settled(org, two.holdId ?? '', 2_000);
    expect((await read(org, id)).current).toMatchObject({ grantedNanoUsd: '7500000', chargedNanoUsd: '9507500000' });
    await expectTrue(org);
  });

  it('bites no longer than its time, whether or not anyone has ended it', async () => {
    const { org, id } = await stopped();
    await granted(org, id, { expiresAt: toIso(plus(NOON, minutes(10))) });
    await lifted(org);
    const later = plus(NOON, minutes(10));
    expect(await ask(org, CHAT, later)).toMatchObject({ decision: 'deny', reason: 'stopped' });
    expect(await org.run((ctx) => endExpiredGrants(ctx), later)).toBe(1);
    expect(await org.run((ctx) => endExpiredGrants(ctx), later)).toBe(0);
    expect((await read(org, id, later)).current.grantedNanoUsd).toBe('0');
    await expectTrue(org);
  });
});
