import { setTimeout as pause } from 'node:timers/promises';
import { Beside, nothingDone } from '../P1/beside';
import { Callers, nothingTold } from '../P1/callers';
import { check } from '../P1/check';
import { setGuard } from '../P1/guard';
import { Holders } from '../P1/holders';
import { treeOf } from '../P1/tree';
import { upTo } from '../support/client';
import { type Ground, openGround } from '../support/ground';
import { OUTAGES, setOutages } from './outages';

/** What an attack came to: outages by kind, answers, and sentences of what was wrong. Times are milliseconds. */
export type Proof = {
  outages: number;
  /** What was answered and had to be kept. */
  durable: number;
  /** Answers that said at once, or in time, that the database cannot be asked. */
  unavailable: number;
  slowestMs: number;
  faults: string[];
};

type Options = {
  /** Each kind in turn for so long, in ms. */
  lengths: readonly number[];
  /** Which kinds; all without it. */
  kinds?: readonly string[];
  callers?: number;
  report?: (proof: Proof) => void;
};

/** The longest that any answer may take: what is under way, a connection, a statement; and a process that stood still. */
const DEADLINE_MS = 30_000;
/** Both processes must decide again within this of the end of an outage, whatever connections it has left behind. */
const BACK_WITHIN_MS = 30_000;

/**
 * P12: it comes back. The crowd of P1 goes on while what it needs is taken away in every way there is, each for a while; afterwards
 * every process decides again by itself, nobody has waited past the deadline, and every figure is its rows.
 * @returns what was done, and every fault that was found
 */
export async function attack({ lengths, kinds = Object.keys(OUTAGES), callers = 16, report }: Options): Promise<Proof> {
  const ground = await openGround(async () => {
    await setGuard();
    await setOutages();
  });
  const { org, client } = ground;
  client.answerMs = DEADLINE_MS;
  const [told, place] = [nothingTold(), { epoch: 0 }];
  const beside = new Beside(org, place, nothingDone());
  beside.tree = await treeOf(org, place, 5);
  const crowd = [new Callers(client, told, place, callers), new Holders(client, told, place, 2)];
  const faults: string[] = [];
  let outages = 0;
  const sofar = (): Proof => {
    const { unavailable, slowestMs } = client;
    return { outages, durable: told.durable, unavailable, slowestMs, faults: [...faults, ...beside.faults] };
  };
  try {
    for (const ms of lengths) {
      for (const name of kinds) {
        await pause(200 + upTo(400));
        await OUTAGES[name]?.(ground, ms);
        outages++;
        faults.push(...(await notBack(ground, name, ms)));
        await beside.endWhatIsOver();
        faults.push(...(await check(org.orgId, told)).map((fault) => `after "${name}" for ${ms} ms: ${fault}`));
        if (client.late > 0) faults.push(`${client.late} asks had no answer within ${DEADLINE_MS} ms: "${name}" for ${ms} ms`);
        report?.(sofar());
        if (faults.length > 0) return sofar();
        const tree = await treeOf(org, { epoch: outages }, 5);
        place.epoch = outages;
        beside.tree = tree;
      }
    }
    await Promise.all([...crowd, beside].map((each) => each.stop()));
    await beside.endWhatIsOver();
    faults.push(...(await check(org.orgId, told)));
    return sofar();
  } finally {
    await Promise.all([...crowd, beside].map((each) => each.stop()));
    await ground.end();
  }
}

/** Asks every process until it decides again. @returns a sentence for each that does not */
async function notBack({ apps, client }: Ground, name: string, ms: number): Promise<string[]> {
  const ask = { workload: 'is-it-back', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 1, output: 1 } };
  const faults: string[] = [];
  for (const app of apps) {
    const begun = performance.now();
    let isBack = false;
    while (!isBack && performance.now() - begun < BACK_WITHIN_MS) {
      const body = JSON.stringify({ ...ask, idempotencyKey: `back-${Math.random()}`, ttlSeconds: 5 });
      isBack = (await client.send(app.port, 'POST', '/api/v1/authorize', body).catch(() => null))?.status === 200;
      if (!isBack) await pause(50);
    }
    if (!isBack) faults.push(`a process does not decide ${BACK_WITHIN_MS} ms after "${name}" of ${ms} ms`);
  }
  return faults;
}
