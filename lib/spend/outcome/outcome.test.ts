import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';
import { authorizeDoor, settleDoor } from '@/lib/spend/decide/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';

import { anAsk, NOON } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
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

const hold = async (org: UsageOrg): Promise<string> => String((await knock(authorizeDoor, org, { body: anAsk() })).json.holdId);
const UNITS = { input: 400, output: 100 };

it('keeps what came of a call that was asked for: by its event, or by its hold where it has none', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  const [named, unnamed, silent] = [await hold(org), await hold(org), await hold(org)];
  const settled = await knock(settleDoor, org, {
    body: {
      items: [
        { holdId: named, units: UNITS, eventId: 'asked-1', outcome: 'failure', quality: 0.2 },
        { holdId: unnamed, units: UNITS, converted: false },
        { holdId: silent, units: UNITS },
      ],
    },
  });
  expect(settled.json.items).toHaveLength(3);
  const again = await knock(settleDoor, org, { body: { holdId: unnamed, units: UNITS, converted: false } });
  expect(again.json).toMatchObject({ settledNanoUsd: '2000000' });
  expect((await knock(addOutcomeDoor, org, { params: { eventId: unnamed }, body: { quality: 1 } })).status).toBe(200);
  const rows = await reader().query('SELECT event_id, outcome, quality, converted FROM outcome WHERE org_id = $1 ORDER BY event_id', [
    org.orgId,
  ]);
  expect(rows).toEqual([
    { event_id: 'asked-1', outcome: 'failure', quality: 0.2, converted: null },
    { event_id: unnamed, outcome: null, quality: 1, converted: false },
  ]);
  expect((await knock(addOutcomeDoor, org, { params: { eventId: await hold(org) }, body: { quality: 1 } })).status).toBe(404);
});
