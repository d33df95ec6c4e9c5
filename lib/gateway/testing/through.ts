import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { doors } from '@/lib/api/doors';
import { reader } from '@/lib/db';
import type { UsageOrg } from '@/lib/testing/usage-org';
import { makeFront } from '@/server/listener';

/**
 * The front of a test file: an address that programs are pointed at. Call it once, at the top.
 * @param log where it writes; absent: to the console
 */
export function useFront(log: Parameters<typeof makeFront>[0]['log'] = { error: console.error }): () => string {
  const front = makeFront({
    doors: doors.filter((door) => door.hot),
    socketPath: '/nowhere',
    scheme: 'http',
    log,
  });
  beforeAll(() => new Promise<void>((done) => void front.listen(0, '127.0.0.1', done)));
  afterAll(() => {
    front.closeAllConnections();
    front.close();
  });
  return () => `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}

type Books = { held: bigint; charged: bigint; open: number };

/** What an organisation's first budget has: set aside, charged, and how many holds are open. */
export async function booksOf(org: UsageOrg): Promise<Books> {
  const [period] = await reader().query<{ held: bigint; charged: bigint }>(
    `SELECT held_nano AS held, actual_nano + presumed_nano + unpriced_upper_nano AS charged FROM budget_period
     WHERE org_id = $1 AND budget_id = $2`,
    [org.orgId, org.budgets[0] ?? ''],
  );
  const holds = await reader().query<{ state: string }>("SELECT state FROM hold WHERE org_id = $1 AND state = 'open'", [org.orgId]);
  return { ...(period ?? { held: 0n, charged: 0n }), open: holds.length };
}

/** Waits until no hold is open: a call whose client has gone is settled after it. */
export const settledBooksOf = (org: UsageOrg): Promise<Books> =>
  expect
    .poll(() => booksOf(org), { timeout: 5_000, interval: 5 })
    .toMatchObject({ open: 0, held: 0n })
    .then(() => booksOf(org));
