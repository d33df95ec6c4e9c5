import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { anyPort } from '@/scripts/free-port';

const ENTRY = path.resolve(import.meta.dirname, '..', '..', 'server', 'front.ts');

/** Starts the process of the public port as `npm start` does, in a process of its own. @returns its port, and what ends it */
export async function startFront(databaseUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await anyPort();
  const folder = mkdtempSync(path.join('/var/tmp', 'hardstop-bench-front-'));
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), HARDSTOP_DATA_DIR: folder, LOG_LEVEL: 'warn' };
  const child = fork(ENTRY, { execArgv: ['--import', 'tsx'], env: { ...env, NODE_ENV: 'production' } });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the front process ended before it was ready'))),
  ]);
  return {
    port,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
