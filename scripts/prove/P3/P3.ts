/**
 * `npm run prove -- P3 [calls]`: 100,000 unless told otherwise. What was done is kept, so that a run can be stopped with Ctrl-C and goes on
 * where it was; `again` begins anew.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { attack, nothingYet, type Proof } from './attack';

const RESULTS = 'bench/results/P3.json';
const words = process.argv.slice(3);
const wanted = Number(words.find((word) => word !== 'again') ?? 100_000);
mkdirSync('bench/results', { recursive: true });
if (words.includes('again')) rmSync(RESULTS, { force: true });

type Kept = Proof & { minutes: number };
const kept = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Kept) : null;
// One that found a fault, or had done it all, is not gone on with.
const isOpen = kept !== null && kept.faults.length === 0 && kept.calls < wanted;
const before = isOpen ? kept : { ...nothingYet(), minutes: 0 };
const begun = performance.now();
const minutes = () => (performance.now() - begun) / 60_000;
if (isOpen) console.log(`It goes on after ${before.calls} calls.`);

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
const { minutes: _, ...start } = before;
const proof = await attack(
  {
    calls: wanted,
    stop: stopping.signal,
    progress(calls, kills) {
      const left = (minutes() / Math.max(1, calls - before.calls)) * (wanted - calls);
      console.log(`${minutes().toFixed(1)} min: ${calls} calls, ${kills} kills, about ${Math.max(0, left).toFixed(1)} min left`);
    },
    report: (sofar) => writeFileSync(RESULTS, `${JSON.stringify({ minutes: before.minutes + minutes(), ...sofar }, null, 2)}\n`),
  },
  start,
);
for (const fault of proof.faults.slice(0, 20)) console.error(fault);
const { calls, unbookedNanoUsd, exact, presumed, neverReached, kills } = proof;
console.log(
  proof.faults.length === 0
    ? `P3 ${calls < wanted ? 'has held so far' : 'holds'}: ${unbookedNanoUsd} nano-dollars unbooked in ${calls} calls (${exact} booked exactly as reported, ${presumed} presumed), ${neverReached} that never reached the provider, ${kills} kills.`
    : `P3 is broken: ${proof.faults.length} faults, ${unbookedNanoUsd} nano-dollars unbooked.`,
);
process.exitCode = proof.faults.length === 0 ? 0 : 1;
