/** `npm run prove -- P1 [kills]`: without a number it goes on until it is stopped with Ctrl-C, or finds a fault. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { attack } from './attack';

const kills = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);
const begun = performance.now();
mkdirSync('bench/results', { recursive: true });

const proof = await attack({
  kills,
  callers: 64,
  report(sofar) {
    const { decisions, appKills, databaseKills, stops, refused, faults } = sofar;
    const minutes = (performance.now() - begun) / 60_000;
    const done = appKills + databaseKills;
    const left = Number.isFinite(kills) ? `, about ${((minutes / done) * (kills - done)).toFixed(1)} min left` : '';
    console.log(
      `${minutes.toFixed(1)} min: ${decisions} decisions (${refused} refused), ${appKills} app and ${databaseKills} database kills, ${stops} stops, ${faults.length} faults${left}`,
    );
    appendFileSync('bench/results/P1.jsonl', `${JSON.stringify({ minutes, ...sofar })}\n`);
  },
});
for (const fault of proof.faults) console.error(fault);
console.log(
  proof.faults.length === 0
    ? 'P1 holds: no excess from an allow, every figure is its rows.'
    : `P1 is broken: ${proof.faults.length} faults.`,
);
process.exitCode = proof.faults.length === 0 ? 0 : 1;
