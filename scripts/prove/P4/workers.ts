import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

const WORKER = path.resolve(import.meta.dirname, '../../../server/worker.ts');

/** One worker process: the real one, killed and started again. */
export class WorkerProcess {
  private child: ChildProcess | null = null;

  constructor(private readonly variables: Record<string, string>) {}

  /** Starts it; it is ready when it says so, and killed whenever. */
  async start(): Promise<void> {
    const child = fork(WORKER, [], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ...this.variables, NODE_ENV: 'production', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    await new Promise<void>((ready, failed) => {
      child.once('message', () => ready());
      child.once('exit', (code) => failed(new Error(`a worker ended while starting (${code})`)));
    });
  }

  /** Ends it as the kernel would. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }
}
