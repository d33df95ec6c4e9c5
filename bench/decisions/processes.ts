import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { BareOrg } from '@/lib/testing/bare-org';

const CALLER = path.resolve(import.meta.dirname, 'caller.ts');

/** Operations a second of several processes together, each with its own callers, on one organisation's budgets. */
export async function ofProcesses(count: number, org: BareOrg, callers: number, seconds: number): Promise<number> {
  const children = Array.from({ length: count }, () => fork(CALLER, { execArgv: ['--import', 'tsx'] }));
  const all = (told: object | string) =>
    Promise.all(
      children.map(async (child) => {
        child.send(told);
        const [said] = await Promise.race([
          once(child, 'message'),
          once(child, 'exit').then(([code]) => Promise.reject(new Error(`a caller ended with ${code}`))),
        ]);
        return said as unknown;
      }),
    );
  const { orgId, keyId, pins } = org;
  await all({ org: { orgId, keyId, pins }, callers, seconds });
  const ops = (await all('go')) as number[];
  return ops.reduce((sum, each) => sum + each, 0) / seconds;
}
