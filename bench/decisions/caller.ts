/** A process of its own that asks and settles beside others: told when, it says how many operations it did. */
import { once } from 'node:events';
import { closePool } from '@/lib/db';
import { inProcess } from './in-process';

type Told = { org: Parameters<typeof inProcess>[0]; callers: number; seconds: number };

const [{ org, callers, seconds }] = (await once(process, 'message')) as [Told];
const calls = inProcess(org);
const loop = async (until: number): Promise<number> => {
  let ops = 0;
  for (; performance.now() < until; ops += 2) await calls.settle(await calls.authorize());
  return ops;
};
await loop(performance.now() + 500);
process.send?.('ready');
await once(process, 'message');
const until = performance.now() + seconds * 1_000;
const each = await Promise.all(Array.from({ length: callers }, () => loop(until)));
process.send?.(each.reduce((sum, ops) => sum + ops, 0));
await closePool();
process.disconnect();
