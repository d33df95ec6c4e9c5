import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { chainAudit } from './chain';
import { verifyAudit } from './verify';
import { audit } from './write';

useDatabase();

const changes = (org: TestOrg, count: number) =>
  org.run(async (ctx) => {
    for (let n = 0; n < count; n++)
      await audit(ctx, 'test.changed', { kind: 'test', id: `t${n}` }, { n }, { n: n + 1, text: 'ä "quoted"' });
  });

/** Changes what the trigger forbids to change, as someone with the database in their hands could. */
async function tamper(sql: string, values: string[]): Promise<void> {
  await reader().query(`DO $$ BEGIN ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only; END $$`);
  await reader().query(sql, values);
  await reader().query(`DO $$ BEGIN ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only; END $$`);
}

describe('the chain of audit entries', () => {
  it('takes every committed entry in, once, whoever runs it at the same time', async () => {
    const org = await anOrg();
    await changes(org, 5);
    await Promise.all([chainAudit(), chainAudit(), chainAudit()]);
    await chainAudit();
    const checked = await verifyAudit(org.ctx());
    expect(checked).toMatchObject({ isWhole: true, waiting: 0, broken: null });
    expect(checked.head?.sequence).toBe(checked.entries);
    await changes(org, 1);
    expect(await verifyAudit(org.ctx())).toMatchObject({ isWhole: true, waiting: 1, entries: checked.entries });
    await chainAudit();
    expect(await verifyAudit(org.ctx())).toMatchObject({ isWhole: true, waiting: 0, entries: checked.entries + 1 });
  });

  it.each([
    ['what an entry says', `UPDATE audit_entry SET after = '{"n": 9}' WHERE org_id = $1 AND sequence = 3`, 'says something else'],
    ['who did it', `UPDATE audit_entry SET actor_name = 'Somebody' WHERE org_id = $1 AND sequence = 3`, 'says something else'],
    ['when', `UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE org_id = $1 AND sequence = 3`, 'says something else'],
    ['that it is there at all', `DELETE FROM audit_entry WHERE org_id = $1 AND sequence = 3`, 'is missing'],
  ])('notices a change to %s', async (_, sql, why) => {
    const org = await anOrg();
    await changes(org, 5);
    await chainAudit();
    await tamper(sql, [org.orgId]);
    const checked = await verifyAudit(org.ctx());
    expect(checked).toMatchObject({ isWhole: false, broken: { sequence: 3 } });
    expect(checked.broken?.why).toContain(why);
  });

  it('is held by the database: an entry cannot be changed or put away', async () => {
    const org = await anOrg();
    await expect(reader().query(`UPDATE audit_entry SET action = 'x' WHERE org_id = $1`, [org.orgId])).rejects.toThrow('append-only');
    await expect(reader().query('DELETE FROM audit_entry WHERE org_id = $1', [org.orgId])).rejects.toThrow('append-only');
  });
});
