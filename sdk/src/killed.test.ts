import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readClock } from '@/lib/clock';
import { reader, transaction } from '@/lib/db';
import { minutes, plus } from '@/lib/kernel/instant';
import { expireHolds } from '@/lib/spend/hold/expire';
import { recomputePeriods } from '@/lib/spend/recompute';
import { useDatabase } from '@/scripts/testing/database';
import { aLeasingOrg, answered, SPENT } from './testing/client.js';

useDatabase();

/** Our doors on a port of their own. */
async function served() {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
      const headers = incoming.headers as Record<string, string>;
      const response = await answered(
        new Request(`http://localhost${incoming.url}`, { method: incoming.method ?? 'GET', headers, ...body }),
      );
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('a holder that is killed leaves no call unbooked, and a second of spend presumed', async () => {
  const org = await aLeasingOrg();
  const { server, baseUrl } = await served();
  const holder = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'testing/holder.ts'), baseUrl, org.secret], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let given = 0n;
  let said = '';
  holder.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
    const sums = [...said.matchAll(/given (\d+)\n/g)];
    given = BigInt(sums.at(-1)?.[1] ?? 0);
  });
  const booked = async () => {
    const [row] = await reader().query<{ actual: bigint; presumed: bigint; held: bigint }>(
      'SELECT actual_nano AS actual, presumed_nano AS presumed, held_nano AS held FROM budget_period WHERE org_id = $1 AND budget_id = $2',
      [org.orgId, org.budgets[0] ?? ''],
    );
    if (!row) throw new Error('no period');
    return { ...row, actual: row.actual - SPENT };
  };
  await expect.poll(async () => (await booked()).actual, { timeout: 20_000 }).toBeGreaterThan(10_000_000n);
  // Most of a second after its last settlement.
  await new Promise((done) => setTimeout(done, 700));
  holder.kill('SIGKILL');
  await once(holder, 'close');
  server.close();
  const { held } = await booked();
  expect(held).toBeGreaterThan(0n);
  const now = plus(await readClock(reader()), minutes(2));
  await transaction((tx) => expireHolds({ actor: { kind: 'system', id: 'test', name: 'Test' }, orgId: org.orgId, requestId: '', tx, now }));
  const after = await booked();
  expect(after).toMatchObject({ held: 0n, presumed: held });
  expect(after.actual + after.presumed).toBeGreaterThanOrEqual(given);
  // Ten million nano-dollars a second at most are spent here.
  expect(after.presumed).toBeLessThanOrEqual(10_100_000n);
  expect(await transaction((tx) => recomputePeriods(tx, org.orgId))).toEqual([]);
}, 60_000);
