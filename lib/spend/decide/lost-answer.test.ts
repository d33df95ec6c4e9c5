import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePool, OutcomeUnknown, reader, transaction } from '@/lib/db';
import { recomputePeriods } from '@/lib/spend/recompute';
import { settleIn } from '@/lib/spend/schema';
import { anAsk, type BareOrg, bareOrg, NOON, periodOf } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';
import { decideTogether } from './group-commit';
import type { Op } from './ops';

const url = new URL(useDatabase());
/** The statement, and what Postgres answers when it is done. */
const COMMIT = Buffer.from('COMMIT\0');

/** Cuts the next connection that commits: before Postgres has heard of it, or after, with the answer on its way. */
let cut: 'before' | 'after' | null = null;

/** Stands between the program and Postgres, as a network does. */
const wire = net.createServer((client) => {
  const server = net.connect(Number(url.port), url.hostname);
  const end = () => {
    client.destroy();
    server.destroy();
  };
  client.on('error', end).on('close', () => server.end());
  server.on('error', end).on('close', () => client.end());
  let isDeaf = false;
  client.on('data', (bytes) => {
    const how = bytes.includes(COMMIT) ? cut : null;
    if (how !== null) cut = null;
    if (how === 'before') return end();
    if (how === 'after') isDeaf = true;
    server.write(bytes);
  });
  // What Postgres answers to this COMMIT, and to what was sent with it, the program never hears: the answer is the sign that it is done.
  server.on('data', (bytes) => {
    if (!isDeaf) client.write(bytes);
    else if (bytes.includes(COMMIT)) end();
  });
});

beforeAll(async () => {
  await new Promise<void>((done) => wire.listen(0, '127.0.0.1', done));
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((wire.address() as net.AddressInfo).port);
  process.env.DATABASE_URL = through.href;
});
afterAll(async () => {
  await closePool();
  wire.close();
});

const by = (org: BareOrg) => ({ keyId: org.keyId, pins: org.pins });
const decideOne = (org: BareOrg, op: Op) => decideTogether(org.orgId, [op], NOON);
const isProven = async (org: BareOrg) => expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);

it('the same key finds its hold after an answer that was lost in COMMIT', async () => {
  const org = await bareOrg([{ amount: '0.01' }]);
  const ask: Op = { kind: 'authorize', ...by(org), request: anAsk() };
  cut = 'after';
  await expect(decideOne(org, ask)).rejects.toBeInstanceOf(OutcomeUnknown);
  const [{ id, held_nano }] = (await reader().query('SELECT id, held_nano FROM hold WHERE org_id = $1', [org.orgId])) as [
    { id: string; held_nano: bigint },
  ];
  // The hold takes the budget's room: asked anew, it would be refused as busy.
  expect(await decideOne(org, ask)).toMatchObject([{ answer: { decision: 'allow', holdId: id, heldNanoUsd: String(held_nano) } }]);
  expect(await periodOf(org)).toMatchObject({ held_nano: 7_500_000n });
  const settle: Op = { kind: 'settle', ...by(org), request: settleIn.parse({ holdId: id, units: { input: 400, output: 100 } }) };
  cut = 'after';
  await expect(decideOne(org, settle)).rejects.toBeInstanceOf(OutcomeUnknown);
  expect(await decideOne(org, settle)).toMatchObject([{ answer: { settledNanoUsd: '2000000', releasedNanoUsd: '5500000' } }]);
  expect(await periodOf(org)).toMatchObject({ held_nano: 0n, actual_nano: 2_000_000n });
  await isProven(org);
});

it('a COMMIT that never arrived has done nothing, and the same key is decided anew', async () => {
  const org = await bareOrg([{ amount: '0.01' }]);
  const ask: Op = { kind: 'authorize', ...by(org), request: anAsk() };
  cut = 'before';
  await expect(decideOne(org, ask)).rejects.toBeInstanceOf(OutcomeUnknown);
  expect(await reader().query('SELECT FROM hold WHERE org_id = $1', [org.orgId])).toEqual([]);
  expect(await decideOne(org, ask)).toMatchObject([{ answer: { decision: 'allow' } }]);
  expect(await periodOf(org)).toMatchObject({ held_nano: 7_500_000n });
  await isProven(org);
});

it('prices that were written with a lost COMMIT are there for the settlement', async () => {
  const org = await bareOrg([{ amount: '10' }]);
  cut = 'before';
  await expect(decideOne(org, { kind: 'authorize', ...by(org), request: anAsk() })).rejects.toBeInstanceOf(OutcomeUnknown);
  const [again] = await decideOne(org, { kind: 'authorize', ...by(org), request: anAsk() });
  const { holdId } = (again as { answer: { holdId: string } }).answer;
  expect(await reader().query('SELECT FROM held_prices WHERE org_id = $1', [org.orgId])).toHaveLength(1);
  const settle: Op = { kind: 'settle', ...by(org), request: settleIn.parse({ holdId, units: { input: 400, output: 100 } }) };
  expect(await decideOne(org, settle)).toMatchObject([{ answer: { settledNanoUsd: '2000000' } }]);
});
