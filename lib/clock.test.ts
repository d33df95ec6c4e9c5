import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { useDatabase } from '@/scripts/testing/database';
import { clockSql, localClock, readClock } from './clock';
import { only, reader, transaction } from './db';
import { parseInstant, seconds, since } from './kernel/instant';

useDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('reads the database clock to the microsecond, moving on inside a transaction', async () => {
  const [first, second] = await transaction(async (tx) => [await readClock(tx), await readClock(tx)]);
  expect(second).toBeGreaterThan(first as number);
  expect(Math.abs(since(localClock(), second as typeof first))).toBeLessThan(seconds(5));
});

it('asks the same clock in a batch of its own', async () => {
  const before = await readClock(reader());
  const { at } = only(await reader().query<{ at: number }>(`SELECT ${clockSql()} AS at`));
  expect(at).toBeGreaterThanOrEqual(before);
});

it('takes a file for the time, read anew at every asking', async () => {
  const file = path.join(folder, 'now');
  vi.resetModules();
  vi.stubEnv('HARDSTOP_CLOCK_FILE', file);
  const clock = await import('./clock');
  writeFileSync(file, '2026-03-29T00:59:59.999999Z\n');
  expect(await clock.readClock(reader())).toBe(parseInstant('2026-03-29T00:59:59.999999Z'));
  writeFileSync(file, '2026-03-29T03:00:00+02:00');
  expect(clock.localClock()).toBe(parseInstant('2026-03-29T01:00:00Z'));
  expect(clock.clockSql()).toBeNull();
  writeFileSync(file, 'tomorrow');
  expect(() => clock.localClock()).toThrow('not an ISO time');
  vi.unstubAllEnvs();
});
