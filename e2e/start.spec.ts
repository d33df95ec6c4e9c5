import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type App, aDataFolder, aRunningApp, startApp, untilReady } from './app';
import { askDatabase } from './database';

test.describe.configure({ mode: 'default', timeout: 120_000 });

// Made when the tests run, not when this file is read, which happens once more to list them.
let folder = '';
let remove: () => void;
let last: App | undefined;
test.beforeAll(() => {
  ({ folder, remove } = aDataFolder());
});
test.afterEach(async () => {
  last?.signal('SIGTERM');
  await last?.ended;
});
test.afterAll(() => remove());

const run = async (more: Record<string, string> = {}): Promise<App> => {
  last = await startApp({ HARDSTOP_DATA_DIR: folder, ...more });
  return untilReady(last);
};

/** Asks the database that the app of this folder runs, as its owner could. */
const sql = (text: string) => askDatabase(folder, text);

/** Processes of ours that work on this folder, apart from the start script. */
const left = (): string =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && line.includes('postgres'))
    .join('\n');

test('a second start keeps the data and the secrets, and Ctrl-C ends everything', async () => {
  const first = await run();
  await sql('CREATE TABLE kept (id int)');
  const secret = readFileSync(path.join(folder, 'auth-secret'), 'utf8');
  first.signal('SIGINT');
  expect(await first.ended).toBe(0);
  expect(left()).toBe('');
  await expect(fetch(first.url)).rejects.toThrow();

  await run();
  expect((await sql('SELECT count(*)::int AS rows FROM kept')).rows).toEqual([{ rows: 0 }]);
  expect(readFileSync(path.join(folder, 'auth-secret'), 'utf8')).toBe(secret);
});

test('a start after kill -9 recovers, and the port is free again', async () => {
  const killed = await run();
  const port = new URL(killed.url).port;
  killed.signal('SIGKILL');
  await killed.ended;
  await expect
    .poll(() =>
      fetch(killed.url).then(
        () => 'serving',
        () => 'gone',
      ),
    )
    .toBe('gone');
  const next = await run({ PORT: port });
  expect(next.said()).toContain('interrupted run left behind');
  expect((await fetch(next.url, { redirect: 'manual' })).status).toBeLessThan(500);
});

test('a taken port is said plainly', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const app = await startApp({ HARDSTOP_DATA_DIR: folder, PORT: String(port) });
  expect(await app.ended).toBe(1);
  expect(app.said()).toContain(`Port ${port} is taken on 127.0.0.1. Start on another one: PORT=${port + 100} npm start`);
  expect(app.said()).not.toContain(' at ');
  other.close();
});

test('two starts on one folder do not take the database from each other', async () => {
  await run();
  const second = await startApp({ HARDSTOP_DATA_DIR: folder });
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('already runs');
  expect((await sql('SELECT 1')).rowCount).toBe(1);
});

test('what is wrong with the environment is said at once, before anything is started', async () => {
  const app = await startApp({ HARDSTOP_DATA_DIR: folder, PUBLIC_URL: 'nowhere', AUTH_SECRET: 'changeme', SMTP_URL: 'mail' });
  expect(await app.ended).toBe(1);
  for (const name of ['PUBLIC_URL', 'AUTH_SECRET', 'SMTP_URL']) expect(app.said()).toContain(`  ${name}: `);
});

test('a database of yours is used, and not stopped', async () => {
  await run();
  await sql('CREATE DATABASE yours');
  const [, , , port] = readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(path.join(folder, 'postgres-password'), 'utf8');
  const own = aDataFolder();
  const second = await aRunningApp({
    HARDSTOP_DATA_DIR: own.folder,
    DATABASE_URL: `postgresql://hardstop:${password}@127.0.0.1:${port}/yours`,
  });
  second.signal('SIGTERM');
  expect(await second.ended).toBe(0);
  expect((await sql('SELECT 1')).rowCount).toBe(1);
  own.remove();
});

test('a process or a database that is killed is back by itself', async () => {
  const app = await run();
  const pid = Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(
      () =>
        sql('SELECT 1').then(
          (answer) => answer.rowCount,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(1);
  expect(app.said()).toContain('Postgres ended unexpectedly');
});
