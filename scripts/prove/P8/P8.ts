/** `npm run prove -- P8 [variants]`: 20,000 unless told otherwise. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { attack } from './attack';

const proof = await attack({
  variants: Number(process.argv[3] ?? 20_000),
  seed: Math.floor(Math.random() * 2 ** 31),
  report: ({ variants, reached, faults }) =>
    console.log(`${variants} variants, ${reached} reached a private address, ${faults.length} faults`),
});
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/P8.json', `${JSON.stringify(proof, null, 2)}\n`);
for (const fault of proof.faults.slice(0, 20)) console.error(fault);
console.log(
  proof.faults.length === 0
    ? `P8 holds: 0 of ${proof.variants} variants of ${Object.keys(proof.kinds).length} kinds reached a private address.`
    : `P8 is broken: ${proof.faults.length} faults.`,
);
process.exitCode = proof.faults.length === 0 ? 0 : 1;
