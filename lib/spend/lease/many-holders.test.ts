import { expect, it } from 'vitest';
import { Fault } from '@/lib/kernel/fault';
import { ask, DOLLAR, expectTrue, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import type { LeaseOut } from './schema';
import { aCall, asked, leasing, settled } from './testing/leasing';

useDatabase();

/** A lease, or null where there is none to be had. */
const tried = (work: Promise<LeaseOut>): Promise<LeaseOut | null> =>
  work.catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'lease.not_given') return null;
    throw error;
  });

it('leases and calls that are asked for at once never come to more than the limit', async () => {
  const { org, id } = await leasing();
  await spend(org, 497n * (DOLLAR / 100n));
  const answers = await Promise.all(
    Array.from({ length: 48 }, (_, i) => (i % 2 === 0 ? tried(asked(org, { amountNanoUsd: '300000' })) : ask(org))),
  );
  expect(answers.some((each) => each?.decision === 'allow')).toBe(true);
  const { current } = await read(org, id);
  expect(BigInt(current.committedNanoUsd) <= BigInt(current.limitNanoUsd)).toBe(true);
  expect(current.excess).toEqual([]);
  await expectTrue(org);
});

it('near the stop many holders strand less than a hundredth of the budget', async () => {
  const { org, id } = await leasing();
  await spend(org, 4n * DOLLAR);
  const holders: { leaseId: string; booked: bigint; upTo: bigint }[] = [];
  for (let i = 0; i < 40; i++) {
    const lease = await tried(asked(org));
    if (lease?.decision === 'allow') holders.push({ leaseId: lease.leaseId, booked: 0n, upTo: BigInt(lease.upToNanoUsd) });
  }
  expect(holders).toHaveLength(40);
  // Each spends what it has, as long as that is enough for a call of 50 tokens, and is filled up again.
  for (let hasSpent = true; hasSpent; ) {
    hasSpent = false;
    for (const mine of holders) {
      const output = Number((mine.upTo - mine.booked) / 10_000n);
      if (output < 50) continue;
      const { bookedNanoUsd, upToNanoUsd } = await settled(org, mine.leaseId, [aCall({ units: { input: 0, output } })]);
      Object.assign(mine, { booked: BigInt(bookedNanoUsd), upTo: BigInt(upToNanoUsd) });
      hasSpent = true;
    }
  }
  const { current } = await read(org, id);
  expect(BigInt(current.limitNanoUsd) - BigInt(current.chargedNanoUsd)).toBeLessThan(DOLLAR / 10n);
  expect(current.excess).toEqual([]);
  // What is left is there for whoever asks.
  expect(await ask(org)).toMatchObject({ decision: 'allow' });
  await expectTrue(org);
}, 60_000);
