import { setTimeout as pause } from 'node:timers/promises';
import { reader } from '@/lib/db';
import { upTo } from '../support/client';
import { openGround } from '../support/ground';
import type { AppProcess } from '../support/processes';
import type { Wire } from '../support/wire';
import { Beside, type Done, nothingDone } from './beside';
import { Callers, nothingTold } from './callers';
import { check } from './check';
import { setGuard } from './guard';
import { Holders } from './holders';
import { isStoppedSoon, treeOf } from './tree';

/** What an attack came to: counts, and sentences of what was wrong. */
export type Proof = Done & {
  /** What was answered and had to be kept: calls allowed, settled and released. */
  durable: number;
  refused: number;
  reported: number;
  leases: number;
  appKills: number;
  databaseKills: number;
  cutInCommit: number;
  stops: number;
  faults: string[];
};

type Options = { kills: number; callers?: number; report?: (proof: Proof) => void };

/**
 * P1: no allow ends above its limit. Two app processes on one database serve a crowd that asks, reports and holds leases; beside it
 * limits move, grants open and end, and prices come; connections are cut in COMMIT, and app processes and the database killed with
 * SIGKILL at random. After every restart every figure is recomputed from its rows.
 * @param options.kills how many to do · `callers` how many call at once · @returns what was done, and every fault that was found
 */
export async function attack({ kills, callers = 24, report }: Options): Promise<Proof> {
  const ground = await openGround(setGuard);
  const { org, wire, apps, client } = ground;
  const [told, done, place] = [nothingTold(), nothingDone(), { epoch: 0 }];
  const beside = new Beside(org, place, done);
  // What a tree of budgets may cost: as much as is reached between two kills, which is found out on the way.
  let dollars = callers / 6;
  beside.tree = await treeOf(org, place, dollars);
  const crowd = [new Callers(client, told, place, callers), new Holders(client, told, place, 4)];
  const kinds = { appKills: 0, databaseKills: 0 };
  const faults: string[] = [];
  const sofar = async (): Promise<Proof> => {
    const [stops] = await reader().query<{ count: bigint }>('SELECT count(*) AS count FROM stop WHERE org_id = $1', [org.orgId]);
    const { durable, refused, leases } = told;
    const counts = { durable, refused, leases, reported: told.reported.size, cutInCommit: wire.cuts, stops: Number(stops?.count ?? 0) };
    return { ...done, ...kinds, ...counts, faults: [...faults, ...beside.faults] };
  };
  try {
    for (let kill = 1; kill <= kills && faults.length === 0; kill++) {
      const tree = await treeOf(org, { epoch: kill }, dollars);
      await cutting(wire, 300 + upTo(900));
      // Of three kills two strike when a budget has just been stopped, however slow the machine is; the third at any moment.
      if (kill % 3 !== 0) dollars *= (await isStoppedSoon(org, place)) ? 1.7 : 0.6;
      const app = apps[kill % apps.length] as AppProcess;
      const isDatabase = kill % 4 === 0;
      await (isDatabase ? ground.killDatabase() : app.kill());
      kinds[isDatabase ? 'databaseKills' : 'appKills']++;
      // Whoever lives goes on elsewhere at once: at a budget that is stopped there is nothing left to be kept.
      place.epoch = kill;
      beside.tree = tree;
      await (isDatabase ? ground.startDatabase() : app.start());
      await beside.endWhatIsOver();
      faults.push(...(await check(org.orgId, told)));
      report?.(await sofar());
    }
    await Promise.all([...crowd, beside].map((each) => each.stop()));
    await beside.endWhatIsOver();
    faults.push(...(await check(org.orgId, told)));
    return await sofar();
  } finally {
    await Promise.all([...crowd, beside].map((each) => each.stop()));
    await ground.end();
  }
}

/** Waits, and cuts connections in COMMIT meanwhile, before Postgres has heard of it and after. */
async function cutting(wire: Wire, ms: number): Promise<void> {
  for (const until = performance.now() + ms; performance.now() < until; ) {
    wire.cutNextCommit(upTo(1) ? 'before' : 'after');
    await pause(150);
  }
}
