/**
 * `npm run prove -- P13 [words]`: plants every fault of the list, one after the other, in a copy of the house; the test that it
 * names must fail. With words, only the faults whose test or file holds them. What was done is kept, so that a run can be
 * stopped and goes on where it was; `again` begins anew.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { anyPort } from '../../free-port';
import { faults } from './faults';
import { copyHouse } from './house';

const RESULTS = 'bench/results/P13.json';
const words = process.argv.slice(3).filter((word) => word !== 'again');
mkdirSync('bench/results', { recursive: true });
if (process.argv.includes('again')) rmSync(RESULTS, { force: true });

type Done = Record<string, { caught: boolean; seconds: number }>;
const done: Done = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Done) : {};
const keyOf = (fault: (typeof faults)[number]) => `${fault.in} | ${fault.test} | ${fault.at} | ${fault.from} | ${fault.to}`;
const wanted = faults.filter((fault) => words.every((word) => `${fault.test} ${fault.in} ${fault.at}`.includes(word)));
const left = wanted.filter((fault) => done[keyOf(fault)]?.caught !== true);

const house = copyHouse();
process.once('SIGINT', () => {
  house.remove();
  process.exit(130);
});
process.env.E2E_PORT = String(await anyPort());
const begun = performance.now();
for (const [i, fault] of left.entries()) {
  const at = performance.now();
  const { caught, said } = await house.attempt(fault);
  const seconds = (performance.now() - at) / 1_000;
  done[keyOf(fault)] = { caught, seconds };
  writeFileSync(RESULTS, JSON.stringify(done, null, 2));
  const minutesLeft = ((performance.now() - begun) / 60_000 / (i + 1)) * (left.length - i - 1);
  console.log(
    `${caught ? 'caught' : 'NOT CAUGHT'} in ${seconds.toFixed(0)} s: ${fault.at} → "${fault.test}" (${fault.in}); about ${minutesLeft.toFixed(1)} min left`,
  );
  if (!caught) console.log(said.slice(-2_000));
}
house.remove();
const missed = wanted.filter((fault) => done[keyOf(fault)]?.caught !== true);
console.log(`P13: ${wanted.length - missed.length} of ${wanted.length} planted faults are caught.`);
process.exitCode = missed.length === 0 ? 0 : 1;
