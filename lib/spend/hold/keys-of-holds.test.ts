import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { decideTogether } from '@/lib/spend/decide/group-commit';
import { anAsk, bareOrg, NOON } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

const REFUSED = { code: '23503' };

it('a hold names a key of its organisation, and neither leaves the other', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  const other = await bareOrg([]);
  await decideTogether(org.orgId, [{ kind: 'authorize', keyId: org.keyId, pins: org.pins, request: anAsk() }], NOON);
  const copy = (keyId: string) =>
    reader().query(
      `INSERT INTO hold SELECT (jsonb_populate_record(h, jsonb_build_object('id', 'hld_copy', 'api_key_id', $2::text))).* FROM hold h WHERE org_id = $1`,
      [org.orgId, keyId],
    );
  await expect(copy('key_nobody')).rejects.toMatchObject(REFUSED);
  await expect(copy(other.keyId)).rejects.toMatchObject(REFUSED);
  await copy(org.keyId);
  await expect(reader().query('UPDATE hold SET api_key_id = $2 WHERE org_id = $1', [org.orgId, other.keyId])).rejects.toMatchObject(
    REFUSED,
  );
  await expect(reader().query(`UPDATE api_key SET id = 'key_renamed' WHERE org_id = $1`, [org.orgId])).rejects.toMatchObject(REFUSED);
  await expect(reader().query('DELETE FROM api_key WHERE org_id = $1', [org.orgId])).rejects.toMatchObject(REFUSED);
  await reader().query(`UPDATE api_key SET name = 'other', last_used_at = created_at WHERE org_id = $1`, [org.orgId]);
  await reader().query('DELETE FROM api_key WHERE org_id = $1', [other.orgId]);
});
