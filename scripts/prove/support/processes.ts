import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { anyPort } from '@/scripts/free-port';
import { type Cluster, startPostgres } from '@/scripts/postgres/cluster';

const FRONT = path.resolve(import.meta.dirname, '../../../server/front.ts');

/** A module that sets a process's own clock ahead. */
const skewed = (ms: number): string =>
  `data:text/javascript,${encodeURIComponent(`const now = Date.now; Date.now = () => now() + ${ms};
    globalThis.Date = new Proxy(Date, { construct: (of, given) => (given.length === 0 ? new of(of.now()) : new of(...given)) });`)}`;

/** One app process: the real front, killed and started again on its own port. */
export class AppProcess {
  private child: ChildProcess | null = null;

  constructor(
    readonly port: number,
    private readonly variables: Record<string, string>,
  ) {}

  /** Starts it; resolves when it answers. @param skewMs how far its own clock is ahead of everybody's */
  async start(skewMs = 0): Promise<void> {
    const child = fork(FRONT, [], {
      execArgv: ['--import', 'tsx', ...(skewMs === 0 ? [] : ['--import', skewed(skewMs)])],
      env: { ...process.env, ...this.variables, PORT: String(this.port), HOST: '127.0.0.1', NODE_ENV: 'production', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    await new Promise<void>((ready, failed) => {
      child.once('message', () => ready());
      child.once('exit', (code) => failed(new Error(`an app process ended while starting (${code})`)));
    });
  }

  /** Sends it a signal, such as one that stands it still. */
  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** Ends it as the kernel would: nothing of it is asked. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }
}

/** Starts two app processes' worth of ports. */
export async function appProcesses(count: number, variables: Record<string, string>): Promise<AppProcess[]> {
  const apps: AppProcess[] = [];
  for (let i = 0; i < count; i++) apps.push(new AppProcess(await anyPort(), variables));
  await Promise.all(apps.map((app) => app.start()));
  return apps;
}

/** Starts Postgres where it was; its predecessor's processes may still be leaving. */
export async function restarted(folder: string, port: number): Promise<Cluster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startPostgres({ folder, port });
    } catch (error) {
      if (attempt >= 20) throw error;
      await pause(250);
    }
  }
}
