import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { hours, minus, plus, toIso } from '@/lib/kernel/instant';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { listProofsDoor, proveLedgerDoor } from '@/lib/spend/proof/doors';
import { addPriceDoor } from '@/lib/spend/reprice/doors';
import { NOON } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { dataHealthDoor, listRejectedDoor, listSecondSourcesDoor } from './doors';

const setClock = standClock();
useDatabase();

const send = (org: UsageOrg, ...parts: object[]) =>
  knock(ingestUsageDoor, org, { body: { records: parts.map((part) => aRecord(org, { ...part })) } });

it('says how the data stands: sources, what has no price, what came late, twice or wrong', async () => {
  const org = await usageOrg();
  const unknown = { model: 'model-of-tomorrow', units: { input: 10, output: 5, input_audio: 0 } };
  await send(org, {}, unknown, unknown, { occurredAt: toIso(minus(NOON, hours(30))) }, { units: { input: -1 } });
  await send(org, { responseId: 'r' }, { responseId: 'r', units: { input: 1_000, output: 501 } });
  const { json } = await knock(dataHealthDoor, org);
  expect(json).toMatchObject({
    sources: [{ source: 'api', keyName: 'test', accepted: 6, duplicates: 0, rejected: 1, late: 1, lagSeconds: 60, stale: false }],
    unpriced: [{ provider: 'openai', model: 'model-of-tomorrow', calls: 2, units: ['input', 'output'] }],
    counts: { lateCalls: 1, rejected: 1, secondSources: 1, differing: 1, differenceNanoUsd: '10000' },
  });
  const [group] = json.unpriced as { upperNanoUsd: string }[];
  const [row] = await reader().query<{ nano: bigint }>(
    `SELECT sum(amount_nano)::int8 AS nano FROM ledger_entry WHERE org_id = $1 AND basis = 'unpriced'`,
    [org.orgId],
  );
  expect(group?.upperNanoUsd).toBe(String(row?.nano));
  const price = (unit: string) => ({ provider: 'openai', model: 'model-of-tomorrow', unit, nanoUsdPerMillion: '1' });
  await knock(addPriceDoor, org, { body: { prices: [price('input'), price('output')] } });
  expect((await knock(dataHealthDoor, org)).json).toMatchObject({ unpriced: [] });
});

it('calls a source stale that has been quiet for more than a day', async () => {
  const org = await usageOrg();
  await send(org, {});
  setClock(plus(NOON, hours(24)));
  expect((await knock(dataHealthDoor, org)).json).toMatchObject({ sources: [{ stale: false }] });
  setClock(plus(NOON, hours(25)));
  expect((await knock(dataHealthDoor, org)).json).toMatchObject({ sources: [{ stale: true }] });
  setClock(NOON);
});

it('lists what was rejected and what a second source said, page by page', async () => {
  const org = await usageOrg();
  await send(
    org,
    ...Array.from({ length: 5 }, () => ({ units: { input: -1 } })),
    ...Array.from({ length: 4 }, () => ({ responseId: 'r' })),
  );
  const pages = async (door: typeof listRejectedDoor | typeof listSecondSourcesDoor): Promise<unknown[]> => {
    const items: unknown[] = [];
    for (let cursor = ''; ; ) {
      const { json, text } = await knock(door, org, { path: `${door.path}?limit=2${cursor}` });
      expect(json.items, text).toBeDefined();
      items.push(...(json.items as unknown[]));
      if (json.nextCursor === null) return items;
      cursor = `&cursor=${json.nextCursor}`;
    }
  };
  const rejected = (await pages(listRejectedDoor)) as { eventId: string; code: string; body: object }[];
  expect(new Set(rejected.map((each) => each.eventId)).size).toBe(5);
  expect(rejected[0]).toMatchObject({ code: 'usage.negative_units', pointer: '/units/input', body: { units: { input: -1 } } });
  expect(await pages(listSecondSourcesDoor)).toHaveLength(3);
  expect((await knock(listSecondSourcesDoor, org, { path: '/api/v1/data/second-sources?differing=true' })).json).toMatchObject({
    items: [],
  });
});

it('proves that every figure is the ledger’s, and names the one that is not', async () => {
  const org = await usageOrg([{ amount: '10' }]);
  await send(org, {}, {});
  const clean = await knock(proveLedgerDoor, org);
  expect(clean.json).toMatchObject({ entries: 2, ledgerNanoUsd: '15000000', differences: [] });
  await reader().query('UPDATE rollup_day SET amount_nano = amount_nano + 1 WHERE org_id = $1', [org.orgId]);
  await reader().query('UPDATE budget_period SET calls = calls + 1 WHERE org_id = $1', [org.orgId]);
  const wrong = (await knock(proveLedgerDoor, org)).json.differences as { what: string; ledger: string; kept: string }[];
  expect(wrong).toContainEqual(expect.objectContaining({ what: 'day', ledger: '2 / 15000000', kept: '2 / 15000001' }));
  expect(wrong).toContainEqual(expect.objectContaining({ what: 'period', ledger: '2', kept: '3' }));
  expect((await knock(listProofsDoor, org)).json.items).toHaveLength(2);
});
