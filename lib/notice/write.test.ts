import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { minutes, plus } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { admins, membersWith } from './targets';
import { cancelNotices, type NewNotice, writeNotices } from './write';

useDatabase();

const toAdmin = (org: TestOrg, more: Partial<NewNotice> = {}): NewNotice => ({
  key: 'brc_1/opened/1',
  kind: 'breach.opened',
  target: { member: org.members.admin.actor.id },
  breachId: 'brc_1',
  title: 'support-bot stopped',
  text: 'It reached 95 % of its budget.',
  link: '/breaches/brc_1',
  ...more,
});

const statesOf = async (org: TestOrg) =>
  reader().query<{ key: string; state: string }>('SELECT key, state FROM notice WHERE org_id = $1 ORDER BY key', [org.orgId]);

describe('a notice', () => {
  it('is there once however often it is written, and in the app at once', async () => {
    const org = await anOrg();
    expect(await org.run((ctx) => writeNotices(ctx, [toAdmin(org)]))).toHaveLength(1);
    expect(await org.run((ctx) => writeNotices(ctx, [toAdmin(org), toAdmin(org)]))).toHaveLength(0);
    expect(await statesOf(org)).toEqual([{ key: 'brc_1/opened/1/app', state: 'delivered' }]);
    expect(await reader().query('SELECT type, resource FROM event WHERE org_id = $1', [org.orgId])).toMatchObject([
      { type: 'notice.written', resource: { kind: 'notice', memberId: org.members.admin.actor.id } },
    ]);
  });

  it('goes with the transaction that wrote it', async () => {
    const org = await anOrg();
    const undone = org.run(async (ctx) => {
      await writeNotices(ctx, [toAdmin(org)]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await statesOf(org)).toEqual([]);
  });

  it('that has not left is cancelled with what it tells of; one delivered stays', async () => {
    const org = await anOrg();
    const later = { key: 'later', kind: 'breach.reminder', dueAt: plus(org.now, minutes(15)) };
    const foreign = { key: 'foreign', breachId: 'brc_2', dueAt: plus(org.now, minutes(15)) };
    await org.run((ctx) => writeNotices(ctx, [toAdmin(org), toAdmin(org, later), toAdmin(org, foreign)]));
    expect(await org.run((ctx) => cancelNotices(ctx, { breachId: 'brc_1', kinds: ['breach.climbed'] }))).toBe(0);
    expect(await org.run((ctx) => cancelNotices(ctx, { breachId: 'brc_1' }))).toBe(1);
    expect(await statesOf(org)).toEqual([
      { key: 'brc_1/opened/1/app', state: 'delivered' },
      { key: 'foreign/app', state: 'waiting' },
      { key: 'later/app', state: 'cancelled' },
    ]);
  });
});

it('those with a duty, and the admins, are found; those who left are not', async () => {
  const org = await anOrg();
  const ctx = org.ctx();
  const { escalation_owner: owner, budget_owner: other, admin } = org.members;
  const owners = async () => (await membersWith(ctx, 'escalation_owner')).map(({ id }) => id);
  expect(await owners()).toContain(owner.actor.id);
  expect(await owners()).not.toContain(other.actor.id);
  expect((await admins(ctx)).map(({ id }) => id)).toContain(admin.actor.id);
  await reader().query('UPDATE member SET ended_at = $2 WHERE id = $1', [owner.actor.id, '2026-01-06T00:00:00Z']);
  expect(await owners()).not.toContain(owner.actor.id);
});
