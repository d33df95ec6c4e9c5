import { type Cost, costSince, type Spent } from './cost';

/** One call as a program makes it: asked for, then settled; two durable operations. */
export type Calls = { authorize(): Promise<string>; settle(hold: string): Promise<void> };

/** What a run of many callers gave: operations a second, latency of one operation in milliseconds, and what one cost. */
export type Rate = { perSecond: number; p50: number; p99: number } & Cost;

const WARM_UP_MS = 300;

/** Adds up what one contestant does over several turns. */
class Tally {
  private readonly latencies: number[] = [];
  private seconds = 0;
  private readonly spent: Spent = { node: 0, postgres: 0, wal: 0 };

  async turn(callers: number, seconds: number, calls: Calls): Promise<void> {
    const warmUntil = performance.now() + WARM_UP_MS;
    const until = warmUntil + seconds * 1_000;
    const timed = async <Result>(work: Promise<Result>): Promise<Result> => {
      const began = performance.now();
      const result = await work;
      if (began >= warmUntil) this.latencies.push(performance.now() - began);
      return result;
    };
    const loop = async () => {
      while (performance.now() < until) await timed(calls.settle(await timed(calls.authorize())));
    };
    const running = Promise.all(Array.from({ length: callers }, loop));
    await new Promise((done) => setTimeout(done, WARM_UP_MS));
    const cost = await costSince();
    await running;
    const spent = await cost();
    for (const part of ['node', 'postgres', 'wal'] as const) this.spent[part] += spent[part];
    this.seconds += (performance.now() - warmUntil) / 1_000;
  }

  rate(): Rate {
    const { latencies, seconds, spent } = this;
    latencies.sort((a, b) => a - b);
    const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
    const ops = Math.max(1, latencies.length);
    return {
      ...{ perSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99) },
      ...{ nodeMicros: spent.node / ops, postgresMicros: spent.postgres / ops, walBytes: spent.wal / ops },
    };
  }
}

/** Lets contestants take turns, so that the machine's moods meet all of them alike. @returns what each gave, in their order */
export async function inTurns(callers: number, seconds: number, turns: number, contestants: readonly Calls[]): Promise<Rate[]> {
  const tallies = contestants.map(() => new Tally());
  for (let turn = 0; turn < turns; turn++)
    for (const [i, calls] of contestants.entries()) await tallies[i]?.turn(callers, seconds / turns, calls);
  return tallies.map((each) => each.rate());
}

/** The same for one alone. */
export async function alone(callers: number, seconds: number, calls: Calls): Promise<Rate> {
  const [rate] = await inTurns(callers, seconds, 1, [calls]);
  return rate as Rate;
}
