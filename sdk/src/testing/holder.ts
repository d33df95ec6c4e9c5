/**
 * A program that holds a lease and makes calls as fast as it may, until it is killed. It says what it has given out, in nano-dollars,
 * before each call: `given <sum>` a line. @param argv where Hardstop is, and the key
 */
import { writeSync } from 'node:fs';
import { Hardstop } from '../hardstop.js';

const [, , baseUrl = '', apiKey = ''] = process.argv;
const COST = 100n * 2_500n + 50n * 10_000n;

const lease = await new Hardstop({ baseUrl, apiKey }).lease({ workload: 'support-bot', provider: 'openai', model: 'gpt-4o' });
let given = 0n;
for (;;) {
  const taken = lease.take({ input: 100, output: 50 });
  if (taken) {
    given += COST;
    writeSync(1, `given ${given}\n`);
    taken.used({ units: { input: 100, output: 50 } });
  }
  await new Promise((done) => setTimeout(done, 20));
}
