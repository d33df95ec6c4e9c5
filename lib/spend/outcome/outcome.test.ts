import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { NOON } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { addOutcomeDoor } from './doors';

standClock();
useDatabase();

it('keeps what came of a call, with the record or later', async () => {
  const org = await usageOrg();
  await knock(ingestUsageDoor, org, { body: { records: [aRecord(org, { eventId: 'o1', outcome: 'success', quality: 0.93 })] } });
  const later = await knock(addOutcomeDoor, org, { params: { eventId: 'o1' }, body: { converted: true } });
  expect(later.json).toEqual({ eventId: 'o1', outcome: null, quality: null, converted: true, at: toIso(NOON) });
  expect(await reader().query('SELECT outcome, quality, converted FROM outcome WHERE org_id = $1', [org.orgId])).toEqual([
    { outcome: 'success', quality: 0.93, converted: true },
  ]);
  expect((await knock(addOutcomeDoor, org, { params: { eventId: 'nobody' }, body: { converted: true } })).status).toBe(404);
  expect((await knock(addOutcomeDoor, org, { params: { eventId: 'o1' }, body: {} })).status).toBe(422);
});
