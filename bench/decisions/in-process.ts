import { randomUUID } from 'node:crypto';
import { decisionPool } from '@/lib/db';
import { decide } from '@/lib/spend/decide/group-commit';
import type { Op } from '@/lib/spend/decide/ops';
import { anAsk, type BareOrg } from '@/lib/testing/bare-org';
import type { Calls } from '../support/rate';

/** Parsed as a door parses it; the reading of JSON is the door's, and no contestant does it here. */
const ASK = anAsk({ feature: 'summarise' });

/** Calls by group commit, as the doors have them decided. */
export function inProcess(org: Pick<BareOrg, 'orgId' | 'keyId' | 'pins'>): Calls {
  const by = { keyId: org.keyId, pins: org.pins };
  const answer = async (op: Op): Promise<object> => {
    const [outcome] = await decide(org.orgId, [op]);
    if (!outcome || !('answer' in outcome)) throw new Error(`no answer: ${JSON.stringify(outcome)}`);
    return outcome.answer;
  };
  return {
    async authorize() {
      const given = await answer({ kind: 'authorize', ...by, request: { ...ASK, idempotencyKey: randomUUID() } });
      if (!('holdId' in given)) throw new Error(`refused: ${JSON.stringify(given)}`);
      return given.holdId as string;
    },
    settle: async (holdId) => void (await answer({ kind: 'settle', ...by, request: { holdId, units: { input: 400, output: 100 } } })),
  };
}

/** Counts the batches of this process: each takes a connection once. @returns how many since */
export function countBatches(): () => number {
  let batches = 0;
  const count = () => {
    batches++;
  };
  const pool = decisionPool().on('acquire', count);
  return () => {
    pool.off('acquire', count);
    return batches;
  };
}
