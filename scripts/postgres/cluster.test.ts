import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { startPostgres } from './cluster';

const settings = ['fsync=off'];
const folders: string[] = [];
const aFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-postgres-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

it('keeps its data from one start to the next, behind a password that only we can read', async () => {
  const folder = aFolder();
  const first = await startPostgres({ folder, settings });
  await first.admin('CREATE TABLE kept (id int)');
  await first.stop();
  const second = await startPostgres({ folder, settings });
  expect((await second.admin('SELECT count(*) FROM kept')).rowCount).toBe(1);
  expect(statSync(path.join(folder, 'postgres-password')).mode & 0o777).toBe(0o600);
  const stranger = new pg.Client({ connectionString: second.url('postgres').replace(/:[^:@]+@/, ':guessed@') });
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
  await second.stop();
});

it('recovers what a killed run left behind', async () => {
  const folder = aFolder();
  const script = `import { startPostgres } from ${JSON.stringify(path.join(import.meta.dirname, 'cluster.ts'))};
    const cluster = await startPostgres({ folder: ${JSON.stringify(folder)} });
    await cluster.admin('CREATE TABLE kept (id int)');
    process.kill(process.pid, 'SIGKILL');`;
  const killed = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'inherit' });
  await new Promise((resolve) => killed.once('exit', resolve));
  const said: string[] = [];
  const cluster = await startPostgres({ folder, settings, log: (line) => said.push(line) });
  expect(said.join()).toContain('interrupted run left behind');
  expect((await cluster.admin('SELECT count(*) FROM kept')).rowCount).toBe(1);
  await cluster.stop();
});

it('does not take a foreign process for its own, nor is it kept from starting by its number', async () => {
  const folder = aFolder();
  await (await startPostgres({ folder, settings })).stop();
  const foreign = spawn('sleep', ['60']);
  writeFileSync(path.join(folder, 'postgres', 'postmaster.pid'), `${foreign.pid}\n/elsewhere\n`);
  const cluster = await startPostgres({ folder, settings });
  expect(foreign.exitCode).toBeNull();
  foreign.kill();
  await cluster.stop();
});

it.runIf(process.getuid?.() === 0)('moves to a public place when its account may not enter the folder', async () => {
  const locked = aFolder();
  chmodSync(locked, 0o700);
  const said: string[] = [];
  const cluster = await startPostgres({ folder: path.join(locked, 'data'), settings, log: (line) => said.push(line) });
  const { rows } = await cluster.admin('SHOW data_directory');
  expect(said.join()).toContain('may not enter');
  await cluster.stop();
  folders.push(path.dirname(rows[0].data_directory));
});
