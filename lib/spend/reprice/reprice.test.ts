import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { days, minus, toIso } from '@/lib/kernel/instant';
import { listPricesDoor } from '@/lib/price/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { proveLedger } from '@/lib/spend/proof/prove-ledger';
import { NOON, periodOf } from '@/lib/testing/bare-org';
import { aRecord, knock, standClock, type UsageOrg, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { addPriceDoor, endPriceDoor, previewPricesDoor } from './doors';

standClock();
useDatabase();

const MODEL = 'model-of-tomorrow';
const priceOf = (unit: string, nanoUsdPerMillion: string, part: object = {}) => ({
  provider: 'openai',
  model: MODEL,
  unit,
  nanoUsdPerMillion,
  ...part,
});
/** $1,000 a million in and out: a call of 1,000 and 500 costs $1.50. */
const DEAR = [priceOf('input', '1000000000000'), priceOf('output', '1000000000000')];
const CALL = 1_500_000_000n;

const send = async (org: UsageOrg, ...parts: object[]) =>
  (await knock(ingestUsageDoor, org, { body: { records: parts.map((part) => aRecord(org, { model: MODEL, ...part })) } })).json;
const setPrices = (org: UsageOrg, prices: object[], part: object = {}) => knock(addPriceDoor, org, { body: { prices, ...part } });

it('prices the calls that waited, once, with a pair of rows that tells how', async () => {
  const org = await usageOrg([{ amount: '1000' }]);
  await send(org, {}, {}, { model: 'another-unknown' });
  const before = await periodOf(org);
  const { status, json } = await setPrices(org, DEAR);
  expect(status).toBe(201);
  expect(json).toMatchObject({ items: [{ unit: 'input', source: 'override' }, { unit: 'output' }], repriced: { calls: 2 } });
  const rows = await reader().query<{ kind: string; basis: string; calls: number; amount_nano: bigint; corrects: bigint }>(
    `SELECT kind, basis, calls, amount_nano, corrects FROM ledger_entry WHERE org_id = $1 AND kind = 'reprice' ORDER BY id`,
    [org.orgId],
  );
  expect(rows.map(({ basis, calls }) => `${basis} ${calls}`)).toEqual(['unpriced -1', 'priced 1', 'unpriced -1', 'priced 1']);
  expect(rows.filter((row) => row.calls === 1).every((row) => row.amount_nano === CALL)).toBe(true);
  const after = await periodOf(org);
  expect(after.actual_nano).toBe(2n * CALL);
  expect(after.unpriced_upper_nano).toBe(before.unpriced_upper_nano / 3n);
  expect((await setPrices(org, [priceOf('input_audio', '5')])).json).toMatchObject({ repriced: { calls: 0, deltaNanoUsd: '0' } });
  expect(await proveLedger(org.orgId)).toMatchObject({ differences: [] });
});

it('prices nothing while a kind that was used has no price', async () => {
  const org = await usageOrg();
  await send(org, {});
  expect((await knock(addPriceDoor, org, { body: DEAR[0] })).json).toMatchObject({ unit: 'input', repriced: { calls: 0 } });
  expect((await knock(addPriceDoor, org, { body: DEAR[1] })).json).toMatchObject({ unit: 'output', repriced: { calls: 1 } });
});

it('reprices more calls than are written at once', async () => {
  const org = await usageOrg([{ amount: '1000000' }]);
  await send(org, ...Array.from({ length: 2_100 }, () => ({})));
  expect((await setPrices(org, DEAR)).json).toMatchObject({ repriced: { calls: 2_100 } });
  expect(await periodOf(org)).toMatchObject({ actual_nano: 2_100n * CALL, unpriced_upper_nano: 0n });
  expect(await proveLedger(org.orgId)).toMatchObject({ differences: [] });
});

it('never changes what was priced', async () => {
  const org = await usageOrg();
  await send(org, { model: 'gpt-4o' });
  const past = { effectiveFrom: toIso(minus(NOON, days(30))) };
  await setPrices(org, [priceOf('input', '1', { model: 'gpt-4o', ...past }), priceOf('output', '1', { model: 'gpt-4o', ...past })]);
  const rows = () =>
    reader().query<{ amount_nano: bigint }>('SELECT amount_nano FROM ledger_entry WHERE org_id = $1 ORDER BY id', [org.orgId]);
  expect((await rows()).map((row) => row.amount_nano)).toEqual([7_500_000n]);
  await send(org, { model: 'gpt-4o', units: { input: 1_000_000 - 950_000, output: 50_000 } });
  expect((await rows()).map((row) => row.amount_nano)).toEqual([7_500_000n, 0n]);
});

it('a reprice that raises a stop waits for a person, and says which budget', async () => {
  // The guess for 1,000 in and 500 out leaves room; at $1,000 a million the call is above the limit.
  const org = await usageOrg([{ name: 'small', amount: '1' }]);
  await send(org, { units: { input: 1, output: 0 } }, { eventId: 'big', units: { input: 10, output: 10 } });
  const dear = [priceOf('input', '100000000000000'), priceOf('output', '100000000000000')];
  const preview = await knock(previewPricesDoor, org, { body: { prices: dear } });
  expect(preview.json).toMatchObject({ calls: 2, budgets: [{ budgetId: org.budgets[0], raisesStop: true }] });
  const refused = await setPrices(org, dear);
  expect(refused.status).toBe(409);
  expect(refused.json).toMatchObject({ code: 'price.raises_stop', errors: [{ detail: expect.stringContaining(org.budgets[0] ?? '') }] });
  expect(await reader().query(`SELECT FROM price WHERE org_id = $1`, [org.orgId])).toHaveLength(0);
  expect(await periodOf(org)).toMatchObject({ stop_id: null, actual_nano: 0n });
  expect((await setPrices(org, dear, { confirm: true })).status).toBe(201);
  const period = await periodOf(org);
  expect(period).toMatchObject({ actual_nano: 2_100_000_000n });
  expect(period.stop_id).not.toBeNull();
  expect(period.excess_nano).toBeGreaterThanOrEqual(2_100_000_000n - period.hard_stop_nano);
  expect(await proveLedger(org.orgId)).toMatchObject({ differences: [] });
});

it('ends a price from now on, once, and tells who looked too early', async () => {
  const org = await usageOrg();
  const { json } = await knock(addPriceDoor, org, { body: priceOf('input', '7', { effectiveFrom: toIso(minus(NOON, days(2))) }) });
  const end = (headers = {}) => knock(endPriceDoor, org, { params: { id: String(json.id) }, headers });
  expect((await end({ 'if-match': '"9"' })).status).toBe(412);
  expect((await end({ 'if-match': String(json.etag) })).json).toMatchObject({ effectiveTo: toIso(NOON) });
  expect((await end()).status).toBe(409);
  expect((await knock(endPriceDoor, org, { params: { id: 'prc_nobody' } })).status).toBe(404);
  const list = await knock(listPricesDoor, org, { path: '/api/v1/prices?model=GPT-4o-mini' });
  expect(list.json).toMatchObject({ items: [] });
  const { items } = list.json.catalogue as { items: { provider: string; model: string; unit: string; nanoUsdPerMillion: string }[] };
  expect(items).toContainEqual(
    expect.objectContaining({ provider: 'openai', model: 'gpt-4o-mini', unit: 'input', nanoUsdPerMillion: '150000000' }),
  );
  const audit = await reader().query<{ action: string }>('SELECT action FROM audit_entry WHERE org_id = $1 ORDER BY id', [org.orgId]);
  expect(audit.map((each) => each.action).sort()).toEqual(['price.added', 'price.ended']);
});

it('refuses two prices of one unit that begin together, and one that ends before it begins', async () => {
  const org = await usageOrg();
  const price = priceOf('input', '7', { effectiveFrom: toIso(NOON) });
  expect((await knock(addPriceDoor, org, { body: price })).status).toBe(201);
  expect((await knock(addPriceDoor, org, { body: price })).json).toMatchObject({ code: 'price.conflict', status: 409 });
  const backwards = { ...price, effectiveTo: toIso(minus(NOON, days(1))) };
  expect((await knock(addPriceDoor, org, { body: backwards })).json).toMatchObject({ code: 'price.bad_dates', status: 422 });
});
