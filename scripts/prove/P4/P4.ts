/** `npm run prove -- P4 [crossings]`: 10,000 unless told otherwise. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { attack } from './attack';

const begun = performance.now();
const wanted = Number(process.argv[3] ?? 10_000);
const proof = await attack({
  crossings: wanted,
  report({ crossings, requests, workerKills, frontKills }) {
    const minutes = (performance.now() - begun) / 60_000;
    const left = ((minutes / crossings) * (wanted - crossings)).toFixed(1);
    console.log(
      `${minutes.toFixed(1)} min: ${crossings} crossings, ${requests} requests, ${workerKills} worker and ${frontKills} front kills, about ${left} min left`,
    );
  },
});
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/P4.json', `${JSON.stringify({ minutes: (performance.now() - begun) / 60_000, ...proof }, null, 2)}\n`);
for (const fault of proof.faults.slice(0, 20)) console.error(fault);
const { missed, crossings, notices, copies, workerKills, frontKills } = proof;
console.log(
  proof.faults.length === 0
    ? `P4 holds: ${missed} of ${crossings} crossings missed anybody; ${notices} notices, ${copies} copies under the same key, ${workerKills} worker and ${frontKills} front kills.`
    : `P4 is broken: ${proof.faults.length} faults.`,
);
process.exitCode = proof.faults.length === 0 ? 0 : 1;
