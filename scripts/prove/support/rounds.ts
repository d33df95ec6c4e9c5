import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What a round came to: counts, which add up, and sentences of what was wrong. */
type Round = { faults: string[] } & { [count: string]: number | string[] };
type Kept<Proof> = {
  name: string;
  full: Record<string, number> | null;
  rounds: number;
  minutes: number;
  holds: boolean | null;
  proof: Proof;
};

type Attack<Proof extends Round> = {
  name: string;
  /** Counts to reach; null for one round, which is not gone on with. */
  full: Record<string, number> | null;
  /** Attacks anew, from nothing; reports what it came to so far. `before` is what rounds before it came to. */
  round: (report: (sofar: Proof) => void, before: Proof | null) => Promise<Proof>;
  /** What counts say, for people. */
  sentence: (proof: Proof) => string;
  /** What is proved where there is no fault. */
  holds: string;
};

const RESULTS = 'bench/results';

/** Adds counts of a round to those before it; of times, which end in `Ms`, the longest stays. */
function sum<Proof extends Round>(a: Proof | null, b: Proof): Proof {
  if (a === null) return b;
  const both = Object.entries(b).map(([name, value]) => {
    const before = a[name];
    return [
      name,
      typeof value === 'number' && typeof before === 'number' ? before + value : [...(before as string[]), ...(value as string[])],
    ];
  });
  return Object.fromEntries(both) as Proof;
}

/** How much of what is to be reached has been: 1 is all of it. */
const shareDone = (proof: Round, full: Record<string, number>): number =>
  Math.min(...Object.entries(full).map(([name, wanted]) => Number(proof[name]) / wanted));

type Word<Proof> = { sofar: Proof } | { came: Proof };

/** Does one round in a process of its own, which knows nothing of the database of the round before. */
async function roundApart<Proof extends Round>(before: Proof | null, report: (sofar: Proof) => void): Promise<Proof> {
  const child = fork(process.argv[1] as string, process.argv.slice(2));
  let came: Proof | undefined;
  child.on('message', (word: Word<Proof>) => {
    if ('came' in word) came = word.came;
    else report(word.sofar);
  });
  child.send({ before });
  const [code] = await once(child, 'exit');
  if (came === undefined) throw new Error(`a round ended before it was over (${code})`);
  return came;
}

/** The other side of {@link roundApart}. */
async function doRound<Proof extends Round>({ round }: Attack<Proof>): Promise<number> {
  const [{ before }] = (await once(process, 'message')) as [{ before: Proof | null }];
  const came = await round((sofar) => process.send?.({ sofar }), before);
  await new Promise((sent) => process.send?.({ came }, sent));
  process.disconnect();
  return 0;
}

/**
 * Attacks in rounds until all counts are reached or a fault is found, prints how far it is and about how long the rest takes, and
 * keeps what whole rounds came to in `bench/results/<name>.json`: stopped, it goes on from there.
 * @returns the exit code
 */
export async function rounds<Proof extends Round>(attack: Attack<Proof>): Promise<number> {
  if (process.send) return doRound(attack);
  const { name, full, sentence, holds } = attack;
  mkdirSync(RESULTS, { recursive: true });
  const file = `${RESULTS}/${name}.json`;
  let kept = full === null ? null : unfinished<Proof>(file, full);
  if (kept) console.log(`Going on after ${kept.rounds} rounds of ${kept.minutes.toFixed(1)} min: ${sentence(kept.proof)}.`);
  do {
    const begun = performance.now();
    const before = kept;
    const minutesNow = () => (before?.minutes ?? 0) + (performance.now() - begun) / 60_000;
    const came = await roundApart<Proof>(before?.proof ?? null, (sofar) => {
      const all = sum(before?.proof ?? null, sofar);
      const minutes = minutesNow();
      const share = full === null ? 0 : shareDone(all, full);
      const left = share > 0 && share < 1 ? `, about ${((minutes / share) * (1 - share)).toFixed(1)} min left` : '';
      console.log(`${minutes.toFixed(1)} min: ${sentence(all)}; ${all.faults.length} faults${left}`);
    });
    const proof = sum(before?.proof ?? null, came);
    const isDone = full === null || shareDone(proof, full) >= 1 || proof.faults.length > 0;
    kept = {
      name,
      full,
      rounds: (before?.rounds ?? 0) + 1,
      minutes: minutesNow(),
      holds: isDone ? proof.faults.length === 0 : null,
      proof,
    };
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  } while (kept.holds === null);
  for (const fault of kept.proof.faults.slice(0, 20)) console.error(fault);
  console.log(kept.holds ? `${name} holds: ${holds}. ${sentence(kept.proof)}.` : `${name} is broken: ${kept.proof.faults.length} faults.`);
  return kept.holds ? 0 : 1;
}

/** What was begun with the same aim and has not come to its end; null where there is none. */
function unfinished<Proof extends Round>(file: string, full: Record<string, number>): Kept<Proof> | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const kept = JSON.parse(text) as Kept<Proof>;
  return kept.holds === null && JSON.stringify(kept.full) === JSON.stringify(full) ? kept : null;
}
