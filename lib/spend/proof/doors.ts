import { z } from 'zod';
import { door, openDoor } from '@/lib/http/door';
import { toIso } from '@/lib/kernel/instant';
import { page, pageOf, pageQuery, placeOf } from '@/lib/kernel/pages';
import { type LedgerProof, ledgerProofs, proveLedger } from './prove-ledger';

const proofOut = z.object({
  id: z.string(),
  at: z.string(),
  entries: z.number(),
  ledgerNanoUsd: z.string(),
  differences: z.array(z.object({ what: z.string(), key: z.record(z.string(), z.string()), ledger: z.string(), kept: z.string() })),
});

export type ProofOut = z.output<typeof proofOut>;

/** A proof as the API shows it. */
export const proofShown = ({ id, at, entries, ledgerNano, differences }: LedgerProof): ProofOut => ({
  id,
  at: toIso(at),
  entries: Number(entries),
  ledgerNanoUsd: String(ledgerNano),
  differences,
});

export const proveLedgerDoor = openDoor({
  method: 'POST',
  path: '/api/v1/ledger-proofs',
  right: 'usage.correct',
  tag: 'Data',
  summary: 'Works out every rollup and every budget figure from the ledger alone, and keeps what differs',
  answer: proofOut,
  status: 201,
  run: async (caller) => proofShown(await proveLedger(caller.orgId)),
});

export const listProofsDoor = door({
  method: 'GET',
  path: '/api/v1/ledger-proofs',
  right: 'data.read',
  tag: 'Data',
  summary: 'Proofs that the rollups and budgets equal the ledger, newest first',
  query: z.strictObject(pageQuery),
  answer: pageOf(proofOut),
  async run(ctx, { query }) {
    const after = placeOf(query.cursor, 1)?.[0];
    const rows = await ledgerProofs(ctx.tx, ctx.orgId, after === undefined ? null : String(after), query.limit + 1);
    return page(rows, query.limit, proofShown, (proof) => [proof.id]);
  },
});
