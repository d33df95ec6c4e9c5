import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { reader } from '@/lib/db';
import type { BareOrg } from '@/lib/testing/bare-org';
import type { Calls } from '../support/rate';

/**
 * The alternative that keeps as much as we do, in our own tables: one call of a function for each decision, which writes the hold
 * with its dimensions, the ledger row, the rollups by hour, day, unit and label, and the periods with their quarters of an hour. What waits for nobody is written
 * before what everybody waits for; the rows of the periods, the hottest, come last and in the order of their ids.
 */
const FUNCTIONS = `
CREATE FUNCTION whole_authorize(p_org text, p_key text, p_hold text, p_idem text, p_hash bytea, p_periods text[], p_held int8, p_prices text)
RETURNS bool LANGUAGE plpgsql AS $$
DECLARE admitted int;
BEGIN
  INSERT INTO hold (org_id, id, api_key_id, idempotency_key, request_hash, state, workload, feature, provider, model, model_called, traffic_stage,
                    customer, tags, team, cost_centre, unassigned, max_units, prices_id, held_nano, period_ids, observed_ids, authorised_at, expires_at)
  VALUES (p_org, p_hold, p_key, p_idem, p_hash, 'open', 'support-bot', 'summarise', 'openai', 'gpt-4o', 'gpt-4o', 'production',
          '', '{}', '', '', true, '{"input": 1000, "output": 500}', p_prices, p_held, p_periods, '{}', clock_timestamp(), clock_timestamp() + interval '10 min')
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN true; END IF;
  WITH locked AS (SELECT id FROM budget_period WHERE org_id = p_org AND id = ANY(p_periods) ORDER BY id FOR UPDATE)
  UPDATE budget_period b SET held_nano = b.held_nano + p_held FROM locked
   WHERE b.org_id = p_org AND b.id = locked.id AND b.stop_id IS NULL
     AND b.actual_nano + b.presumed_nano + b.unpriced_upper_nano + b.held_nano + p_held <= b.hard_stop_nano + b.granted_nano;
  GET DIAGNOSTICS admitted = ROW_COUNT;
  IF admitted < cardinality(p_periods) THEN RAISE EXCEPTION 'no room'; END IF;
  RETURN true;
END $$;

CREATE FUNCTION whole_settle(p_org text, p_key text, p_hold text, p_hash bytea, p_periods text[], p_amount int8, p_ref text)
RETURNS bool LANGUAGE plpgsql AS $$
DECLARE h record; v_now timestamptz := clock_timestamp(); v_hour timestamptz; v_day date;
BEGIN
  UPDATE hold SET state = 'settled', ended_at = v_now, settled_nano = p_amount, settled_of_nano = held_nano, settled_hash = p_hash
   WHERE id = p_hold AND org_id = p_org AND state = 'open' RETURNING held_nano, authorised_at INTO h;
  IF NOT FOUND THEN RETURN false; END IF;
  v_hour := date_trunc('hour', h.authorised_at);
  v_day := h.authorised_at::date;
  INSERT INTO ledger_entry (org_id, kind, hold_id, occurred_at, booked_at, received_at, workload, feature, provider, model, model_called, traffic_stage,
                            customer, tags, team, cost_centre, unassigned, source, units, calls, basis, amount_nano, price_ref, late, api_key_id)
  VALUES (p_org, 'settlement', p_hold, v_now, h.authorised_at, v_now, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'gpt-4o', 'production',
          '', '{}', '', '', true, 'settle', '{"input": 400, "output": 100}', 1, 'priced', p_amount, p_ref, false, p_key);
  INSERT INTO rollup_hour AS r VALUES (p_org, v_hour, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'production', 'priced', 1, p_amount)
  ON CONFLICT (org_id, hour, workload, feature, provider, model, traffic_stage, basis)
  DO UPDATE SET calls = r.calls + 1, amount_nano = r.amount_nano + p_amount;
  INSERT INTO rollup_day AS r VALUES (p_org, v_day, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'production', 'priced', 1, p_amount)
  ON CONFLICT (org_id, day, workload, feature, provider, model, traffic_stage, basis)
  DO UPDATE SET calls = r.calls + 1, amount_nano = r.amount_nano + p_amount;
  INSERT INTO rollup_unit AS r
  VALUES (p_org, 'day', v_day, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'production', 'input', 400),
         (p_org, 'day', v_day, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'production', 'output', 100),
         (p_org, 'hour', v_hour, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'production', 'input', 400),
         (p_org, 'hour', v_hour, 'support-bot', 'summarise', 'openai', 'gpt-4o', 'production', 'output', 100)
  ON CONFLICT (org_id, grain, at, workload, feature, provider, model, traffic_stage, unit) DO UPDATE SET quantity = r.quantity + excluded.quantity;
  INSERT INTO rollup_label AS r
  VALUES (p_org, v_day, 'cost_centre', '', 'support-bot', 'gpt-4o', 'priced', 1, p_amount),
         (p_org, v_day, 'customer', '', 'support-bot', 'gpt-4o', 'priced', 1, p_amount),
         (p_org, v_day, 'source', 'settle', 'support-bot', 'gpt-4o', 'priced', 1, p_amount),
         (p_org, v_day, 'team', '', 'support-bot', 'gpt-4o', 'priced', 1, p_amount)
  ON CONFLICT (org_id, day, label, value, workload, model, basis) DO UPDATE SET calls = r.calls + 1, amount_nano = r.amount_nano + p_amount;
  INSERT INTO period_spend AS s (org_id, period_id, at, basis, price_ref, entries, amount_nano, fresh_at)
  SELECT p_org, id, date_bin('15 min', h.authorised_at, '2000-01-01'), 'priced', p_ref, 1, p_amount, v_now FROM unnest(p_periods) AS p(id)
  ON CONFLICT (org_id, period_id, at, basis, price_ref)
  DO UPDATE SET entries = s.entries + 1, amount_nano = s.amount_nano + p_amount, fresh_at = v_now;
  WITH locked AS (SELECT id FROM budget_period WHERE org_id = p_org AND id = ANY(p_periods) ORDER BY id FOR UPDATE)
  UPDATE budget_period b SET held_nano = b.held_nano - h.held_nano, actual_nano = b.actual_nano + p_amount, calls = b.calls + 1
    FROM locked WHERE b.org_id = p_org AND b.id = locked.id;
  RETURN true;
END $$;`;

/** Makes the functions, once for a database. */
export const makeFunctions = async (): Promise<void> => void (await reader().query(FUNCTIONS));

/** Calls by one function for each decision, on the periods that an organisation has now, through a pool of a given size. */
export async function byFunction(url: string, org: BareOrg): Promise<(size: number) => Calls & { end(): Promise<void> }> {
  const rows = await reader().query<{ id: string }>('SELECT id FROM budget_period WHERE org_id = $1 ORDER BY id', [org.orgId]);
  const periods = rows.map((row) => row.id);
  return (size) => {
    const pool = new pg.Pool({ connectionString: url, max: size, options: '-c TimeZone=UTC -c jit=off' }).on('error', () => undefined);
    return {
      async authorize() {
        const hold = randomBytes(15).toString('hex');
        const values = [org.orgId, org.keyId, hold, hold, randomBytes(32), periods, 7_500_000, 'prices'];
        await pool.query({ name: 'whole_authorize', text: 'SELECT whole_authorize($1, $2, $3, $4, $5, $6, $7, $8)', values });
        return hold;
      },
      async settle(hold) {
        const values = [org.orgId, org.keyId, hold, randomBytes(32), periods, 2_000_000, 'prices'];
        await pool.query({ name: 'whole_settle', text: 'SELECT whole_settle($1, $2, $3, $4, $5, $6, $7)', values });
      },
      end: () => pool.end(),
    };
  };
}
