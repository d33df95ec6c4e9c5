import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess } from './processes';

/** What the callers were told, for the check afterwards: an answer given is an answer kept. */
export type Told = {
  allows: Map<string, bigint>;
  settled: Map<string, bigint>;
  reported: Map<string, bigint>;
  refused: number;
  decisions: number;
};

export const nothingTold = (): Told => ({ allows: new Map(), settled: new Map(), reported: new Map(), refused: 0, decisions: 0 });

/** gpt-4o: $2.50 and $10 a million tokens. */
const cost = (input: number, output: number): bigint => BigInt(input) * 2_500n + BigInt(output) * 10_000n;

/** A crowd of honest callers: they ask, settle at most what they asked for, release, forget, and report calls they never asked for. */
export class Callers {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  private stopping = false;
  private calls = 0;
  private readonly running: Promise<void>[];
  /** Which budgets the callers meet: changed with each kill, so that limits are reached again and again. */
  epoch = 0;

  constructor(
    private readonly apps: AppProcess[],
    private readonly secret: string,
    private readonly told: Told,
    count: number,
  ) {
    this.running = Array.from({ length: count }, () => this.run());
  }

  /** Lets the calls under way end. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
    this.agent.destroy();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const id = `${process.pid}-${++this.calls}`;
      if (this.calls % 5 === 0) await this.report(id);
      else await this.call(id);
    }
  }

  private async report(id: string): Promise<void> {
    const [input, output] = [this.upTo(2_000), this.upTo(300)];
    const record = {
      eventId: id,
      occurredAt: new Date().toISOString(),
      workload: `w-${this.epoch}`,
      provider: 'openai',
      model: 'gpt-4o',
      units: { input, output },
    };
    const answer = await this.ask('/api/v1/usage', { records: [record] });
    if (answer) this.told.reported.set(id, cost(input, output));
  }

  private async call(id: string): Promise<void> {
    const [input, output] = [this.upTo(3_000), 1 + this.upTo(1_000)];
    const where = { workload: `w-${this.epoch}`, feature: this.upTo(1) ? 'chat' : 'search', customer: `c-${this.upTo(3)}` };
    const ask = { ...where, provider: 'openai', model: 'gpt-4o', maxUnits: { input, output }, idempotencyKey: id, ttlSeconds: 5 };
    const asked = await this.ask('/api/v1/authorize', ask);
    if (!asked) return;
    this.told.decisions++;
    if (asked.decision !== 'allow') {
      this.told.refused++;
      return;
    }
    const holdId = String(asked.holdId);
    this.told.allows.set(holdId, BigInt(String(asked.heldNanoUsd)));
    const fate = this.upTo(9);
    if (fate === 0) return;
    if (fate === 1) {
      await this.ask('/api/v1/release', { holdId });
      return;
    }
    const units = { input, output: this.upTo(output) };
    const settled = await this.ask('/api/v1/settle', { holdId, units });
    if (settled) this.told.settled.set(holdId, cost(units.input, units.output));
  }

  /** Asks one of the processes, and another, until one answers. @returns null when it is refused as a mistake, or nobody answers in time */
  private async ask(path: string, body: unknown): Promise<Record<string, unknown> | null> {
    const text = JSON.stringify(body);
    for (const until = performance.now() + 20_000; performance.now() < until; ) {
      const app = this.apps[this.upTo(this.apps.length - 1)] as AppProcess;
      const answer = await this.post(app.port, path, text).catch(() => null);
      if (answer && answer.status < 500) return answer.status === 200 ? answer.json : null;
      await pause(20);
    }
    return null;
  }

  private post(port: number, path: string, text: string): Promise<{ status: number; json: Record<string, unknown> }> {
    const headers = { authorization: `Bearer ${this.secret}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const request = http.request(
        { agent: this.agent, host: '127.0.0.1', port, path, method: 'POST', headers, timeout: 10_000 },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk;
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 500, json: response.statusCode === 200 ? JSON.parse(body) : {} }),
          );
        },
      );
      request.on('timeout', () => request.destroy(new Error('no answer')));
      request.on('error', reject);
      request.end(text);
    });
  }

  private upTo(most: number): number {
    return Math.floor(Math.random() * (most + 1));
  }
}
