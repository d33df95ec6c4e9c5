import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './log';

const CUT_OFF_MS = 4_000;
const REST_MS = 1_000;
const PATIENT_WITH = 5;
const FORGOTTEN_AFTER_MS = 60_000;

/** One of our processes, started again when it dies. */
export type Child = {
  /** Resolves when it does its work for the first time. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(String(code ?? signal)));
    child.once('error', (error) => resolve(error.message));
  });

/**
 * Keeps a process of `server/` running. It has a process group of its own, so that Ctrl-C reaches the start script alone,
 * and a channel to us: over it it says that it is ready, and by its closing it learns that we are gone.
 * @param hopeless told when it died five times within a minute
 */
export function keepRunning(name: string, variables: NodeJS.ProcessEnv, hopeless: (why: string) => void): Child {
  const { promise: ready, resolve: tellReady } = Promise.withResolvers<void>();
  let stopping = false;
  let child: ChildProcess;
  let ended: Promise<string>;
  const deaths: number[] = [];
  const begin = () => {
    const command = ['--enable-source-maps', '--import', 'tsx', `server/${name}.ts`];
    child = spawn(process.execPath, command, { env: variables, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', () => tellReady());
    ended = endOf(child);
    void ended.then(died);
  };
  const died = async (how: string) => {
    if (stopping) return;
    const at = performance.now();
    deaths.push(at);
    if (deaths.filter((death) => at - death < FORGOTTEN_AFTER_MS).length >= PATIENT_WITH) return hopeless(`${name} keeps ending (${how}).`);
    say(`${name} ended unexpectedly (${how}): starting it again.`);
    await pause(REST_MS);
    if (!stopping) begin();
  };
  begin();
  return {
    ready,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const cutOff = setTimeout(() => child.kill('SIGKILL'), CUT_OFF_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(cutOff);
    },
  };
}
