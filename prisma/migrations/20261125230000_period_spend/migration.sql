-- What each period is charged with by quarter of an hour and price: a burn-up, and how a figure comes about, of any scope without reading the ledger.
CREATE TABLE period_spend (
  org_id text NOT NULL,
  period_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  basis text NOT NULL,
  price_ref text NOT NULL,
  entries bigint NOT NULL,
  amount_nano bigint NOT NULL,
  fresh_at timestamptz(6) NOT NULL,
  CONSTRAINT period_spend_pkey PRIMARY KEY (org_id, period_id, at, basis, price_ref),
  CONSTRAINT period_spend_org_id_period_id_fkey FOREIGN KEY (org_id, period_id) REFERENCES budget_period (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  -- The hours and days of every zone are made of whole quarters of an hour.
  CONSTRAINT period_spend_at CHECK (extract(epoch FROM at)::numeric % 900 = 0),
  CONSTRAINT period_spend_basis CHECK (basis IN ('priced', 'stated', 'presumed', 'unpriced', 'adjusted') AND entries > 0)
) WITH (fillfactor = 60);

-- What is on the books already. After its end a budget is charged with nothing but what it had let pass: its last periods stay without.
INSERT INTO period_spend (org_id, period_id, at, basis, price_ref, entries, amount_nano, fresh_at)
SELECT p.org_id, p.id, date_bin('15 minutes', e.booked_at, '2000-01-01T00:00:00Z'), e.basis, coalesce(e.price_ref, ''), count(*),
       sum(e.amount_nano)::int8, max(e.received_at)
  FROM budget_period p JOIN budget b ON b.org_id = p.org_id AND b.id = p.budget_id
  JOIN ledger_entry e ON e.org_id = p.org_id AND e.booked_at >= p.starts_at AND e.booked_at < p.ends_at
   AND (b.kind = 'everything' OR (b.kind = 'unassigned' AND e.unassigned) OR (b.kind = 'scoped'
    AND (b.workload IS NULL OR b.workload = e.workload) AND (b.feature IS NULL OR b.feature = e.feature)
    AND (b.team IS NULL OR b.team = e.team) AND (b.cost_centre IS NULL OR b.cost_centre = e.cost_centre)
    AND (b.provider IS NULL OR b.provider = coalesce(e.asked_provider, e.provider))
    AND (b.model IS NULL OR b.model = coalesce(e.asked_model, e.model))
    AND (b.traffic_stage IS NULL OR b.traffic_stage = e.traffic_stage)
    AND (b.customer IS NULL OR b.customer = e.customer) AND e.tags @> b.tags))
 GROUP BY 1, 2, 3, 4, 5;
