import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

/**
 * Stops the Postgres that a killed run left behind on this data, and waits for its end. `postmaster.pid` may name a number
 * that some other program has by now: ours is known by its command line, and a foreign one only loses the stale file.
 * @param data the cluster's folder, absolute
 */
export async function stopLeftover(data: string, log: (line: string) => void): Promise<void> {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const ours = () => Number.isInteger(pid) && pid > 1 && commandOf(pid).includes(data);
  if (!ours()) {
    rmSync(file, { force: true });
    return;
  }
  log(`Stopping the Postgres that an interrupted run left behind (process ${pid}).`);
  process.kill(pid, 'SIGINT');
  const deadline = performance.now() + PATIENCE_MS;
  while (ours()) {
    if (performance.now() > deadline) throw new Error(`The Postgres of an interrupted run (process ${pid}) does not end: stop it by hand.`);
    await pause(50);
  }
}
