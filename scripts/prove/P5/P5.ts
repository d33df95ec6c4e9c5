/** `npm run prove -- P5 [steps]`: 2,000 unless told otherwise. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { attack } from './attack';

const begun = performance.now();
const wanted = Number(process.argv[3] ?? 2_000);
const proof = await attack({
  steps: wanted,
  report({ steps, workerKills }) {
    const minutes = (performance.now() - begun) / 60_000;
    console.log(
      `${minutes.toFixed(1)} min: ${steps} steps, ${workerKills} worker kills, about ${((minutes / steps) * (wanted - steps)).toFixed(1)} min left`,
    );
  },
});
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/P5.json', `${JSON.stringify({ minutes: (performance.now() - begun) / 60_000, ...proof }, null, 2)}\n`);
for (const fault of proof.faults.slice(0, 20)) console.error(fault);
const { steps, workerKills, jumpsAhead, jumpsBack } = proof;
console.log(
  proof.faults.length === 0
    ? `P5 holds: 0 of ${steps} steps skipped, doubled or early; ${workerKills} worker kills, the clock jumped ahead ${jumpsAhead} and back ${jumpsBack} times.`
    : `P5 is broken: ${proof.faults.length} faults.`,
);
process.exitCode = proof.faults.length === 0 ? 0 : 1;
