import { randomUUID } from 'node:crypto';
import { fromDate } from '@/lib/kernel/instant';
import { decide } from '@/lib/spend/decide/group-commit';
import { anAsk, type BareOrg, bareOrg } from '@/lib/testing/bare-org';
import { byStatement } from './support/by-statement';
import { type Rate, rateOf, withBenchDatabase } from './support/database';
import { progress, type Row, report } from './support/report';

const SECONDS = Number(process.argv[3] ?? 4);
const POOLS = [1, 2, 4, 8, 16, 32];
const AMOUNT = '1000000';
const TREE = [
  { amount: AMOUNT },
  { amount: AMOUNT, workload: 'support-bot' },
  { amount: AMOUNT, workload: 'support-bot', feature: 'summarise' },
];

/** Parsed as a door parses it; the reading of JSON is the door's, and neither side does it here. */
const ASK = anAsk({ feature: 'summarise' });

/** One call: authorised, then settled; two durable operations. */
async function askAndSettle(org: BareOrg): Promise<void> {
  const request = { ...ASK, idempotencyKey: randomUUID() };
  const [asked] = await decide(org.orgId, [{ kind: 'authorize', keyId: org.keyId, pins: org.pins, request }]);
  if (!asked || !('answer' in asked) || !('holdId' in asked.answer)) throw new Error(`refused: ${JSON.stringify(asked)}`);
  const settle = { holdId: asked.answer.holdId, units: { input: 400, output: 100 } };
  const [settled] = await decide(org.orgId, [{ kind: 'settle', keyId: org.keyId, pins: org.pins, request: settle }]);
  if (!settled || !('answer' in settled)) throw new Error(`not settled: ${JSON.stringify(settled)}`);
}

async function bestPool(url: string, levels: number, callers: number): Promise<{ size: number; rate: Rate }> {
  const plain = await byStatement(url, levels);
  let best: { size: number; rate: Rate } | undefined;
  for (const size of POOLS) {
    const pool = plain.pool(size);
    const rate = await rateOf(callers, SECONDS / 2, pool.call, 2);
    await pool.end();
    if (!best || rate.perSecond > best.rate.perSecond) best = { size, rate };
  }
  if (!best) throw new Error('no pool was tried');
  return best;
}

/** Durable decisions, settling included: group commit against the best-tuned one-statement-per-decision SQL, in one run. */
await withBenchDatabase(async (url) => {
  const finish = await report('authorize', url);
  const rows: Row[] = [];
  const tell = progress(4);
  for (const levels of [1, 3]) {
    for (const callers of [32, 256]) {
      const plain = await bestPool(url, levels, callers);
      const org = await bareOrg(TREE.slice(0, levels), fromDate(new Date()));
      const ours = await rateOf(callers, SECONDS, () => askAndSettle(org), 2);
      rows.push({
        ...{ levels, callers, 'one statement ops/s': Math.round(plain.rate.perSecond), pool: plain.size, 'its p99 ms': plain.rate.p99 },
        ...{ 'group commit ops/s': Math.round(ours.perSecond), 'p50 ms': ours.p50, 'p99 ms': ours.p99 },
        ...{ 'times as many': ours.perSecond / plain.rate.perSecond, 'p99 ÷ p99': ours.p99 / plain.rate.p99 },
      });
      console.log(rows.at(-1));
      tell();
    }
  }
  finish(rows);
});
