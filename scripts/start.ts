/** `npm start`: the database, its tables, the pages and three processes; one line says where to go, Ctrl-C ends it all. */
import path from 'node:path';
import { EnvFault } from '@/lib/env';
import { MigrationFault } from './migrate/apply';
import { StartFault, say } from './start/log';
import { Run } from './start/run';

const OLDEST_NODE = 22;
const PARENT_CHECK_MS = 300;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`This is Node ${process.versions.node}. Start through npm, which brings its own: npm start`);
  process.exit(1);
}
const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' });

const forPeople = (error: unknown): boolean => error instanceof StartFault || error instanceof EnvFault || error instanceof MigrationFault;
let ending = false;

async function end(code: number, why: unknown): Promise<void> {
  if (ending) return;
  ending = true;
  if (forPeople(why)) console.error((why as Error).message);
  else if (why instanceof Error) console.error(why);
  else say(String(why));
  await run.stop().catch((error: unknown) => console.error(error));
  say('Stopped.');
  process.exit(code);
}

const run = new Run((why) => void end(1, why));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0, 'Stopping.'));
// `kill <npm's process>` ends npm and its shell and never reaches us.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void end(0, 'npm ended: stopping.'), PARENT_CHECK_MS).unref();
}
run.start(root).catch((error: unknown) => void end(1, error));
