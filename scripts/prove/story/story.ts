/**
 * `npm run prove -- story [steps]`: tells the story in a copy of the house, whole at first, and then once for each fault that takes
 * one of its steps away; the story must end at that very step. With words, only the faults of these steps.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { findBrowser, NO_BROWSER } from '../../browser';
import { copyHouse } from '../P13/house';
import { faults } from './faults';
import { pages, tell } from './run';

const RESULTS = 'bench/results/story.json';
const words = process.argv.slice(3);
const wanted = faults.filter((fault) => words.length === 0 || words.some((word) => fault.test.includes(word)));
const browser = await findBrowser();
if (browser === null) throw new Error(NO_BROWSER);

const house = copyHouse();
process.once('SIGINT', () => {
  house.remove();
  process.exit(130);
});
await pages(house.folder, 'build');
const whole = await tell(house.folder, browser);
console.log(`${whole.passed ? 'told' : 'NOT TOLD'} whole in ${whole.seconds.toFixed(0)} s${whole.passed ? '' : `: ${whole.why}`}`);

const done: { step: string; at: string; endedAt: string | null; seconds: number }[] = [];
for (const fault of whole.passed ? wanted : []) {
  const ending = await house.withFault(fault, async () => {
    await pages(house.folder, fault.isInPages ? 'build' : 'keep');
    return tell(house.folder, browser);
  });
  done.push({ step: fault.test, at: fault.at, endedAt: ending.failedAt, seconds: ending.seconds });
  const isRight = ending.failedAt === fault.test;
  console.log(
    `${isRight ? 'ends' : 'DOES NOT END'} at "${fault.test}" in ${ending.seconds.toFixed(0)} s without ${fault.at}${isRight ? '' : `; it ended at ${ending.failedAt}: ${ending.why}`}`,
  );
}
house.remove();
mkdirSync('bench/results', { recursive: true });
writeFileSync(RESULTS, JSON.stringify({ whole, done }, null, 2));
const right = done.filter((each) => each.endedAt === each.step).length;
console.log(`story: ${right} of ${wanted.length} steps that are taken away end it where they stood.`);
process.exitCode = whole.passed && right === wanted.length ? 0 : 1;
