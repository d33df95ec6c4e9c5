import { reader } from '@/lib/db';
import type { Arrived } from './receivers';

type Row = { breachId: string; budget: string; id: string; via: string; state: string };

/** What came of an organisation's crossings. */
export type Found = { crossings: number; missed: number; notices: number; copies: number; faults: string[] };

const VIAS = ['app', 'email', 'slack', 'webhook'];

/**
 * Holds what arrived against what was crossed: each budget that was taken past its stop has its stop, its breach, and of that one
 * notice each way; each of them arrived, and every copy of it is the same.
 */
export async function check(orgId: string, crossings: number, arrived: Arrived): Promise<Found> {
  const tx = reader();
  const rows = await tx.query<Row>(
    `SELECT n.breach_id AS "breachId", b.budget_id AS budget, n.id, n.via, n.state FROM notice n
       JOIN breach b ON b.org_id = n.org_id AND b.id = n.breach_id WHERE n.org_id = $1 AND n.kind = 'breach.opened'`,
    [orgId],
  );
  const [{ stops } = { stops: 0 }] = await tx.query<{ stops: number }>('SELECT count(*)::int AS stops FROM stop WHERE org_id = $1', [
    orgId,
  ]);
  const faults: string[] = [];
  if (stops !== crossings) faults.push(`${stops} stops of ${crossings} crossings`);
  const byBudget = Map.groupBy(rows, (row) => row.budget);
  const inChat = byBreach(arrived);
  let copies = 0;
  const missed = new Set<string>();
  for (const [budget, of] of byBudget) {
    const vias = of.map(({ via }) => via).sort();
    if (vias.join() !== VIAS.join()) faults.push(`budget ${budget} has notices by ${vias.join(', ')}`);
    for (const { id, via, state, breachId } of of) {
      if (state !== 'delivered') faults.push(`notice ${id} (${via}) is ${state}`);
      if (via === 'app') continue;
      const got = via === 'slack' ? inChat.get(breachId) : arrived.get(id);
      if (got === undefined) missed.add(budget);
      else copies += got.times - 1;
      if (got !== undefined && via !== 'email' && got.bodies.size !== 1)
        faults.push(`notice ${id} came with ${got.bodies.size} different bodies`);
    }
  }
  const found = byBudget.size;
  if (found !== crossings) faults.push(`${crossings - found} crossings have no breach that anybody was told of`);
  return { crossings, missed: missed.size + (crossings - found), notices: rows.length, copies, faults };
}

/** A chat has no key: its message is known by the breach that its button leads to. */
const byBreach = (arrived: Arrived): Arrived =>
  new Map([...arrived].flatMap(([id, got]) => (id.startsWith('{') ? [[/\/breaches\/([\w-]+)/.exec(id)?.[1] ?? '', got] as const] : [])));
