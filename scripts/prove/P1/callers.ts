import { type Client, upTo } from '../support/client';

/** What the callers were told, for the check afterwards: an answer given is an answer kept. */
export type Told = {
  allows: Map<string, bigint>;
  settled: Map<string, bigint>;
  /** Records that were accepted, calls under leases too; null where the price comes later. */
  reported: Map<string, bigint | null>;
  leases: number;
  refused: number;
  /** Answers that had to be kept: calls allowed, settled and released. */
  durable: number;
};

export const nothingTold = (): Told => ({
  ...{ allows: new Map(), settled: new Map(), reported: new Map() },
  ...{ leases: 0, refused: 0, durable: 0 },
});

/** gpt-4o: $2.50 and $10 a million tokens. */
export const cost = (input: number, output: number): bigint => BigInt(input) * 2_500n + BigInt(output) * 10_000n;

/** Where the crowd is: the tree of budgets it meets, changed with each kill, so that limits are reached again and again. */
export type Place = { epoch: number };
export const workloadOf = ({ epoch }: Place): string => `w-${epoch}`;
/** A model without a price until somebody sets it. */
export const newModelOf = ({ epoch }: Place): string => `new-${epoch}`;

/** One who asks many calls at a time asks this many. */
const AT_ONCE = 40;

type Ask = { idempotencyKey: string; maxUnits: { input: number; output: number }; [more: string]: unknown };
type Answer = Record<string, unknown>;

/** A crowd of honest callers: they ask, settle at most what they asked for, release, forget, and report calls they never asked for. */
export class Callers {
  private stopping = false;
  private calls = 0;
  private readonly running: Promise<void>[];

  constructor(
    private readonly client: Client,
    private readonly told: Told,
    private readonly place: Place,
    count: number,
  ) {
    this.running = Array.from({ length: count }, (_, n) => this.run(n));
  }

  /** Lets the calls under way end. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  /** Of eight callers one reports, one reports what has no price yet, two ask many calls at a time, four ask one. */
  private async run(n: number): Promise<void> {
    while (!this.stopping) {
      if (n % 8 === 0) await this.report();
      else if (n % 8 === 1 && this.calls % 7 === 0) await this.reportUnpriced();
      else if (n % 8 < 4) await this.callMany();
      else await this.call();
    }
  }

  private nextId = (): string => `${process.pid}-${++this.calls}`;

  private async report(): Promise<void> {
    const [input, output] = [upTo(2_000), upTo(300)];
    await this.record('gpt-4o', { input, output }, cost(input, output));
  }

  private reportUnpriced = (): Promise<void> => this.record(newModelOf(this.place), { input: 1 + upTo(20), output: 1 + upTo(5) }, null);

  private async record(model: string, units: { input: number; output: number }, nano: bigint | null): Promise<void> {
    const eventId = this.nextId();
    const record = { eventId, occurredAt: new Date().toISOString(), workload: workloadOf(this.place), provider: 'openai', model, units };
    const answer = await this.client.ask('/api/v1/usage', { records: [record] });
    if (answer) this.told.reported.set(eventId, nano);
  }

  private anAsk(): Ask {
    const where = { workload: workloadOf(this.place), feature: upTo(1) ? 'chat' : 'search', customer: `c-${upTo(3)}` };
    const maxUnits = { input: upTo(3_000), output: 1 + upTo(1_000) };
    return { ...where, provider: 'openai', model: 'gpt-4o', maxUnits, idempotencyKey: this.nextId(), ttlSeconds: 5 };
  }

  private async call(): Promise<void> {
    const ask = this.anAsk();
    const answer = await this.client.ask('/api/v1/authorize', ask);
    if (!answer) return;
    const end = this.take(ask, answer);
    if (!end) return;
    const ended = await this.client.ask(end.path, end.body);
    if (ended) this.note(end);
  }

  private async callMany(): Promise<void> {
    const asks = Array.from({ length: AT_ONCE }, () => this.anAsk());
    const answer = await this.client.ask('/api/v1/authorize', { items: asks });
    const answers = answer?.items as Answer[] | undefined;
    const ends = answers?.flatMap((each, i) => this.take(asks[i] as Ask, each) ?? []) ?? [];
    for (const path of ['/api/v1/settle', '/api/v1/release']) {
      const some = ends.filter((end) => end.path === path);
      if (some.length === 0) continue;
      const ended = (await this.client.ask(path, { items: some.map((end) => end.body) }))?.items as Answer[] | undefined;
      for (const [i, end] of some.entries()) if (ended?.[i] && !('error' in ended[i])) this.note(end);
    }
  }

  private note({ body, nano }: { body: { holdId: string }; nano: bigint | null }): void {
    this.told.durable++;
    if (nano !== null) this.told.settled.set(body.holdId, nano);
  }

  /** Takes an answer to an ask. @returns how its call ends, which is in one of ten cases never said */
  private take(ask: Ask, answer: Answer) {
    if ('error' in answer) return null;
    if (answer.decision !== 'allow') {
      this.told.refused++;
      return null;
    }
    this.told.durable++;
    const holdId = String(answer.holdId);
    this.told.allows.set(holdId, BigInt(String(answer.heldNanoUsd)));
    const fate = upTo(9);
    if (fate === 0) return null;
    if (fate === 1) return { path: '/api/v1/release', body: { holdId }, nano: null };
    const units = { input: ask.maxUnits.input, output: upTo(ask.maxUnits.output) };
    return { path: '/api/v1/settle', body: { holdId, units }, nano: cost(units.input, units.output) };
  }
}
