import { reader, transaction } from '@/lib/db';
import { booksOf } from '@/lib/insight/books';
import { forgetLabelValues } from '@/lib/ledger/label-values';
import { rebuildRollups } from '@/lib/ledger/rebuild';
import { makeBudgetDoor } from '@/lib/spend/limit/doors';
import { type Asker, ask } from './ask';

/**
 * Rows of the ledger as ingest writes them, made in SQL because a million through the door takes long: 120 days, busier by day, at
 * weekdays and towards the end; eight workloads of two models each, 200 customers of two workloads each, two tags, one call in 500
 * unpriced, one in 1,000 presumed. Deterministic but for the day it ends on.
 */
const LEDGER = `
  INSERT INTO ledger_entry (org_id, kind, event_id, occurred_at, booked_at, received_at, workload, feature, provider, model, model_called,
    traffic_stage, customer, tags, team, cost_centre, unassigned, source, response_id, units, calls, basis, amount_nano, price_ref, latency_ms, late, api_key_id)
  SELECT $1, CASE WHEN g % 1000 = 7 THEN 'presumed' ELSE 'usage' END, 'event-' || g, at, at, at + interval '2 seconds', 'workload-' || w,
         CASE WHEN g % 3 = 0 THEN 'chat' ELSE '' END, p.provider, p.model, p.model, 'production', 'customer-' || c,
         jsonb_build_object('env', CASE WHEN g % 10 = 0 THEN 'staging' ELSE 'prod' END, 'region', CASE WHEN g % 2 = 0 THEN 'eu' ELSE 'us' END),
         'team-' || (w % 3), 'cc-' || (w % 4), false, CASE WHEN g % 5 = 0 THEN 'otlp' ELSE 'api' END, NULL,
         jsonb_build_object('input', 200 + g % 3000, 'output', 20 + g % 700), 1,
         CASE WHEN g % 1000 = 7 THEN 'presumed' WHEN g % 500 = 3 THEN 'unpriced' ELSE 'priced' END,
         (200 + g % 3000) * 2500 + (20 + g % 700) * 10000, CASE WHEN g % 500 = 3 THEN NULL ELSE 'catalogue:bench' END, 300 + g % 4000, false, $2
    FROM (SELECT g, c, ((c + g / 200 % 2) % 8)::int AS w, ((c + g / 200 % 2 + g / 400 % 2) % 6)::int AS m,
                 $3::timestamptz - make_interval(secs => 10368000 * power((g * 7907 % $4::int8)::float8 / $4::int8, 1.2)) AS at
            FROM (SELECT g, g % 200 AS c FROM generate_series(1, $4::int8) g) y) x
    JOIN (VALUES (0, 'openai', 'gpt-4o'), (1, 'openai', 'gpt-4o-mini'), (2, 'openai', 'gpt-4.1'), (3, 'anthropic', 'claude-sonnet-4-5'),
                 (4, 'anthropic', 'claude-haiku-4-5'), (5, 'google', 'gemini-2.5-flash')) AS p(m, provider, model) USING (m)`;

const BUDGETS = [
  { name: 'Everything', amount: '9000000', period: 'month' },
  { name: 'Everything this year', amount: '90000000', period: 'year' },
  ...Array.from({ length: 8 }, (_, i) => ({
    name: `Workload ${i}`,
    amount: '900000',
    period: 'month',
    scope: { workload: `workload-${i}` },
  })),
  { name: 'Staging', amount: '900000', period: 'quarter', scope: { tags: { env: 'staging' } } },
  { name: 'A customer', amount: '90000', period: 'month', scope: { customer: 'customer-7' } },
  { name: 'A customer in Europe', amount: '90000', period: 'month', scope: { customer: 'customer-7', tags: { region: 'eu' } } },
];

/**
 * Fills an organisation with `records` records that end now. The rollups are made by the product's own rebuild, and budgets through
 * their door, which adds up the ledger: every figure is the one that ingest would have led to.
 * @returns the ids of its budgets
 */
export async function fill(org: Asker & { keyId: string; now: number }, records: number, nowIso: string): Promise<string[]> {
  await transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query(`UPDATE organisation SET label_tags = '{env,region}', budget_set_version = budget_set_version + 1 WHERE id = $1`, [
      org.orgId,
    ]);
    await tx.query(
      `INSERT INTO workload (org_id, id, slug, name, team, cost_centre, adopted_at, created_at)
       SELECT $1, 'wld_' || w, 'workload-' || w, 'Workload ' || w, 'team-' || (w % 3), 'cc-' || (w % 4), $2, $2 FROM generate_series(0, 7) w`,
      [org.orgId, nowIso],
    );
    await tx.query(LEDGER, [org.orgId, org.keyId, nowIso, records]);
    await tx.query(
      `INSERT INTO usage_source (org_id, source, api_key_id, last_occurred_at, last_received_at, accepted)
       SELECT org_id, source, coalesce(api_key_id, ''), max(occurred_at), max(received_at), count(*) FROM ledger_entry WHERE org_id = $1 GROUP BY 1, 2, 3`,
      [org.orgId],
    );
    await rebuildRollups(tx, await booksOf(tx, org.orgId));
  });
  forgetLabelValues();
  const ids: string[] = [];
  for (const budget of BUDGETS) {
    const made = (await ask(org, makeBudgetDoor, { body: { scope: {}, currency: 'USD', ...budget } })) as { id: string };
    ids.push(made.id);
  }
  await reader().query('ANALYZE');
  return ids;
}
