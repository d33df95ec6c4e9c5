import { setTimeout as pause } from 'node:timers/promises';
import { type Client, upTo } from '../support/client';
import { cost, type Place, type Told, workloadOf } from './callers';

/** Holders of leases, who decide by themselves: they spend what they were given, say so, and give the rest back or forget it. */
export class Holders {
  private stopping = false;
  private calls = 0;
  private readonly running: Promise<void>[];

  constructor(
    private readonly client: Client,
    private readonly told: Told,
    private readonly place: Place,
    count: number,
  ) {
    this.running = Array.from({ length: count }, () => this.run());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.hold();
      await pause(50);
    }
  }

  private async hold(): Promise<void> {
    const where = { workload: workloadOf(this.place), feature: 'chat', customer: `c-${upTo(3)}`, provider: 'openai', model: 'gpt-4o' };
    const lease = await this.client.ask('/api/v1/leases', { ...where, amountNanoUsd: '50000000', ttlSeconds: 5 });
    if (lease?.decision !== 'allow') return;
    this.told.leases++;
    const settle = `/api/v1/leases/${lease.leaseId}`;
    let left = BigInt(String(lease.upToNanoUsd));
    for (let turn = 0; turn < 4 && left > 0n; turn++) {
      const records = [];
      for (;;) {
        const units = { input: 10 + upTo(400), output: 1 + upTo(60) };
        const nano = cost(units.input, units.output);
        if (nano > left || records.length >= 50) break;
        left -= nano;
        records.push({ eventId: `leased-${process.pid}-${++this.calls}`, units, nano });
      }
      const answer = await this.client.ask(`${settle}/settle`, {
        underwayNanoUsd: '0',
        records: records.map(({ nano: _, ...record }) => record),
      });
      if (!answer) return;
      for (const { eventId, nano } of records) this.told.reported.set(eventId, nano);
      if (answer.isOpen !== true) return;
      left = BigInt(String(answer.upToNanoUsd)) - BigInt(String(answer.bookedNanoUsd));
      await pause(100 + upTo(200));
    }
    if (upTo(3) > 0) await this.client.ask(settle, undefined, 'DELETE');
  }
}
