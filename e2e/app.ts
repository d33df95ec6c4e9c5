import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { anyPort } from '../scripts/free-port';
import { DIST_DIR } from '../scripts/testing/pages';

const ROOT = path.resolve(import.meta.dirname, '..');
const READY = /Hardstop is ready/;

export { DIST_DIR };

/** What the start script said, and how to end it. */
export type App = {
  url: string;
  /** Everything it printed so far. */
  said(): string;
  /** Sends a signal to the start script alone, as a terminal or a system would. */
  signal(name: NodeJS.Signals): void;
  /** Resolves with its exit code when it has ended. */
  ended: Promise<number | null>;
};

/** A data folder of its own that is gone after the test. */
export function aDataFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-e2e-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Only what a newcomer's shell has, and what the test adds: nothing of this run's own settings. */
function cleanVariables(more: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(HARDSTOP_|AUTH_|DATABASE_|PUBLIC_|NEXTAUTH_|NODE_ENV|PORT|HOST)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...more } as NodeJS.ProcessEnv;
}

/** Runs the start script as `npm start` does. Resolves at once; `untilReady` waits for the line that says where to go. */
export async function startApp(variables: Record<string, string>): Promise<App> {
  const port = variables.PORT ?? String(await anyPort());
  const env = cleanVariables({ HARDSTOP_DIST_DIR: DIST_DIR, ...variables, PORT: port });
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk));
  return {
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    signal: (name) => void child.kill(name),
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

/** Waits until the app serves. @throws Error with what it said when it ended instead */
export async function untilReady(app: App): Promise<App> {
  const over = app.ended.then((code) => {
    throw new Error(`The start ended (${code}):\n${app.said()}`);
  });
  over.catch(() => undefined);
  while (!READY.test(app.said())) await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 50))]);
  return app;
}

/** Starts the app and waits until it serves. */
export const aRunningApp = async (variables: Record<string, string>): Promise<App> => untilReady(await startApp(variables));
