import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { anyPort } from '@/scripts/free-port';

const ENTRY = path.resolve(import.meta.dirname, '..', '..', 'server', 'front.ts');
const BARE = path.resolve(import.meta.dirname, 'bare-endpoint.ts');

/** Starts the process of the public port as `npm start` does, in a process of its own. @returns its port, and what ends it */
export async function startFront(databaseUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await anyPort();
  const folder = mkdtempSync(path.join('/var/tmp', 'hardstop-bench-front-'));
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), HARDSTOP_DATA_DIR: folder, LOG_LEVEL: 'warn' };
  const { stop } = await startProcess(ENTRY, { ...env, NODE_ENV: 'production' });
  return { port, stop: () => stop().finally(() => rmSync(folder, { recursive: true, force: true })) };
}

/** Starts the endpoint that ours is compared with, in a process of its own. @returns its port, and what ends it */
export async function startBareEndpoint(databaseUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  const { said, stop } = await startProcess(BARE, { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: 'production' });
  return { port: (said as { port: number }).port, stop };
}

/** Starts a program and waits for its first message. @throws Error when it ends before */
async function startProcess(entry: string, env: NodeJS.ProcessEnv): Promise<{ said: unknown; stop(): Promise<void> }> {
  const child = fork(entry, { execArgv: ['--import', 'tsx'], env });
  const [said] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${path.basename(entry)} ended before it was ready`))),
  ]);
  return {
    said,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
