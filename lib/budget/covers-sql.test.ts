import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { useDatabase } from '@/scripts/testing/database';
import { COVERS_ENTRY } from './covers-sql';
import { BUDGET_KINDS, covers, SCOPE_FIELDS, type Scope } from './scope';

useDatabase();

const value = fc.constantFrom('x', 'y', '');
const tags = fc.dictionary(fc.constantFrom('env', 'tier'), value, { maxKeys: 2 });
const named = fc.record(Object.fromEntries(SCOPE_FIELDS.map((field) => [field, fc.constantFrom('x', 'y')])), { requiredKeys: [] });
const scope = fc.tuple(named, tags).map(([fields, wanted]) => ({ ...fields, tags: wanted }) as Scope);
const call = fc.record({ ...Object.fromEntries(SCOPE_FIELDS.map((field) => [field, value])), tags, unassigned: fc.boolean() });

it('says in SQL what covers() says in TypeScript', async () => {
  const budgets = fc.sample(fc.record({ kind: fc.constantFrom(...BUDGET_KINDS), scope }), { numRuns: 120, seed: 7 });
  const calls = fc.sample(call, { numRuns: 60, seed: 8 }) as unknown as Parameters<typeof covers>[1][];
  const row = (each: Record<string, unknown>) => ({ ...each, cost_centre: each.costCentre, traffic_stage: each.trafficStage });
  const rows = await reader().query<{ b: number; e: number; is: boolean }>(
    `SELECT b.i AS b, e.i AS e, ${COVERS_ENTRY} AS is
       FROM json_to_recordset($1::json) AS b(i int, kind text, workload text, feature text, team text, cost_centre text, provider text, model text,
                                             traffic_stage text, customer text, tags jsonb),
            json_to_recordset($2::json) AS e(i int, workload text, feature text, team text, cost_centre text, provider text, model text, traffic_stage text,
                                             customer text, tags jsonb, unassigned bool, asked_provider text, asked_model text)`,
    [
      JSON.stringify(budgets.map(({ kind, scope: wanted }, i) => ({ i, kind, ...row(wanted as never) }))),
      JSON.stringify(calls.map((each, i) => ({ i, ...row(each) }))),
    ],
  );
  expect(rows).toHaveLength(7_200);
  for (const { b, e, is } of rows) expect(is, JSON.stringify([budgets[b], calls[e]])).toBe(covers(budgets[b] as never, calls[e] as never));
});
