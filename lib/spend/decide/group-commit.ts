import type pg from 'pg';
import { HEADS, type Heads, lockBudgetSet } from '@/lib/budget/set';
import { clockSql, readClock } from '@/lib/clock';
import type { Context } from '@/lib/context';
import { commit, decisionPool, OutcomeUnknown, together, txOf } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import type { Instant } from '@/lib/kernel/instant';
import { isWorthWaiting, runBatch } from './batch';
import type { Op, Outcome } from './ops';

/** More ops than this wait for no decision: they are told at once that there are too many. */
const QUEUED_AT_MOST = 10_000;
const BATCH_AT_MOST = 512;
const IN_FLIGHT_AT_MOST = 2;
/** So many must wait for a batch to start beside another: a small one costs almost as much as a large one. */
const WORTH_A_SECOND = 64;
const ATTEMPTS = 5;
/** A caller who lets the server wait is asked about again this often, even when no hold has ended meanwhile. */
const WAIT_STEP_MS = 50;

type Waiting = { op: Op; until: number; done: (outcome: Outcome) => void; failed: (error: unknown) => void };

/**
 * One queue for each organisation: a batch is whatever came while the last one was in flight. No timer, no waiting for company.
 * While many wait, a second batch is made ready and its rows written as the first one commits; the rows they share order them.
 */
class Queue {
  private waiting: Waiting[] = [];
  private inFlight = 0;
  private isStarting = false;

  constructor(private readonly orgId: string) {}

  /** Adds all of a request's ops or, where there is no room for all, none. @throws Fault decisions.overloaded */
  addAll(ops: Op[]): Promise<Outcome[]> {
    if (this.waiting.length + ops.length > QUEUED_AT_MOST)
      throw new Fault('decisions.overloaded', 'Too many decisions are waiting. Try again in a second.', { retryAfterSeconds: 1 });
    return Promise.all(ops.map((op) => this.add(op, performance.now() + ('maxWaitMs' in op.request ? op.request.maxWaitMs : 0))));
  }

  private add(op: Op, until: number): Promise<Outcome> {
    return new Promise<Outcome>((done, failed) => {
      this.waiting.push({ op, until, done, failed });
      this.start();
    });
  }

  /** Starts batches once everything that arrives in this turn of the event loop has joined them. */
  private start(): void {
    if (this.isStarting) return;
    this.isStarting = true;
    setImmediate(() => {
      this.isStarting = false;
      while (
        this.waiting.length > 0 &&
        (this.inFlight === 0 || (this.inFlight < IN_FLIGHT_AT_MOST && this.waiting.length >= WORTH_A_SECOND))
      ) {
        const share = Math.ceil(this.waiting.length / (IN_FLIGHT_AT_MOST - this.inFlight));
        void this.run(this.waiting.splice(0, Math.min(Math.max(share, WORTH_A_SECOND), BATCH_AT_MOST)));
      }
    });
  }

  private async run(batch: Waiting[]): Promise<void> {
    this.inFlight++;
    await this.decide(batch);
    this.inFlight--;
    this.start();
  }

  private async decide(batch: Waiting[]): Promise<void> {
    try {
      const outcomes = await decideTogether(
        this.orgId,
        batch.map((each) => each.op),
      );
      for (const [i, each] of batch.entries()) this.answer(each, outcomes[i] as Outcome);
    } catch (error) {
      // One op may have brought the others down (a number past int8, a text Postgres refuses): each is then decided by itself.
      if (batch.length > 1 && isAboutAnOp(error)) for (const each of batch) await this.decide([each]);
      else if (isTooLarge(error)) for (const each of batch) each.done({ fault: new Fault('decisions.out_of_range', TOO_LARGE) });
      else for (const each of batch) each.failed(error);
    }
  }

  private answer(each: Waiting, outcome: Outcome): void {
    const left = each.until - performance.now();
    if (!isWorthWaiting(outcome) || left <= 0) {
      each.done(outcome);
      return;
    }
    setTimeout(() => this.add(each.op, each.until).then(each.done, each.failed), Math.min(WAIT_STEP_MS, left));
  }
}

const held = globalThis as { hardstopQueues?: Map<string, Queue> };

/**
 * Has ops decided together with whatever else the organisation is asking, in one durable transaction.
 * @returns one outcome for each op, in order · @throws Fault decisions.overloaded · OutcomeUnknown when the connection was lost in COMMIT
 */
export async function decide(orgId: string, ops: Op[]): Promise<Outcome[]> {
  held.hardstopQueues ??= new Map();
  const queue = held.hardstopQueues.get(orgId) ?? new Queue(orgId);
  held.hardstopQueues.set(orgId, queue);
  return queue.addAll(ops);
}

const TOO_LARGE = 'These figures are larger than can be kept. Ask for fewer units.';

/** A sum past what an int8 of nano-dollars holds: nine billion dollars. */
const isTooLarge = (error: unknown): boolean => (error as { code?: string }).code === '22003';

/** Class 22 is data that Postgres refuses, class 23 a constraint: both point at an op, not at the database. */
const isAboutAnOp = (error: unknown): boolean =>
  /^2[23]/.test((error as { code?: string }).code ?? '') ||
  (error instanceof Error && !('code' in error) && !(error instanceof OutcomeUnknown));

/** Deadlock, serialization failure and a unique key taken at the same moment go away by trying again. */
const isPassing = (error: unknown): boolean => ['40001', '40P01', '23505'].includes((error as { code?: string }).code ?? '');

/**
 * Decides ops in one transaction of their own. @param now the clock handed in (tests, the sample); absent: the clock door's.
 */
export async function decideTogether(orgId: string, ops: Op[], now?: Instant): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptBatch(orgId, ops, now, attempt > 1);
    } catch (error) {
      if (attempt >= ATTEMPTS || !isPassing(error)) throw error;
    }
  }
}

async function attemptBatch(orgId: string, ops: Op[], now: Instant | undefined, isRetry: boolean): Promise<Outcome[]> {
  const client = await decisionPool().connect();
  let broken: Error | undefined;
  try {
    const { ctx, heads } = await begin(client, orgId, now);
    const { outcomes, write, committed } = await runBatch(ctx, ops, heads, isRetry);
    await commit(client, write());
    committed();
    return outcomes;
  } catch (error) {
    if (error instanceof OutcomeUnknown) broken = error;
    else {
      await client.query('ROLLBACK').catch((lost: Error) => {
        broken = lost;
      });
    }
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Opens the transaction, shares the budget set's lock, and only then reads the clock and the versions: one round trip. */
async function begin(client: pg.PoolClient, orgId: string, now?: Instant): Promise<{ ctx: Context; heads: Heads }> {
  const tx = txOf(client);
  const clock = now === undefined ? clockSql() : null;
  const [, , rows] = await together([
    tx.query('BEGIN', [], 'begin'),
    lockBudgetSet(tx, orgId, 'shared'),
    tx.query<Heads & { now: Instant | null }>(
      `SELECT ${HEADS}, ${clock ?? 'NULL::timestamptz'} AS now FROM organisation WHERE id = $1`,
      [orgId],
      clock === null ? 'decision_heads' : 'decision_heads_and_clock',
    ),
  ]);
  const [heads] = rows;
  if (!heads) throw new Fault('organisation.not_found', 'This organisation does not exist any more.');
  const at = now ?? heads.now ?? (await readClock(tx));
  return { heads, ctx: { actor: { kind: 'system', id: 'system', name: 'Hardstop' }, orgId, requestId: '', now: at, tx } };
}
