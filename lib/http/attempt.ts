import { readClock } from '@/lib/clock';
import type { Caller, Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';

const ATTEMPTS = 4;
/** Serialization failure, deadlock, a unique key taken at the same moment: the same work, done again, sees the other's result. */
const PASSING = new Set(['40001', '40P01', '23505']);

/** Runs a transaction, and again from its start (a few times) when another one was in its way. @throws whatever the last attempt throws */
export async function repeated<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried >= ATTEMPTS || !PASSING.has((error as { code?: string } | null)?.code ?? '')) throw error;
    }
  }
}

/**
 * Runs a piece of work in one transaction with the time read once in it, and again from the start (a few times) when another
 * transaction was in the way. @throws whatever the work throws in the last attempt · OutcomeUnknown
 */
export function attempt<Result>(caller: Caller, work: (ctx: Context) => Promise<Result>): Promise<Result> {
  const { actor, orgId, requestId } = caller;
  return repeated(() => transaction(async (tx) => work({ actor, orgId, requestId, tx, now: await readClock(tx) })));
}

/** A context for reads that need no transaction: each query sees what was committed when it began. */
export async function reading(caller: Caller): Promise<Context> {
  const tx = reader();
  return { actor: caller.actor, orgId: caller.orgId, requestId: caller.requestId, tx, now: await readClock(tx) };
}
