-- A burn rate looks at what was charged by the minute, kept for 48 hours; what fired is armed again after one quiet window, and so knows when it was last met.
CREATE TABLE charged_minute (
  org_id text NOT NULL,
  period_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  charged_nano bigint NOT NULL,
  CONSTRAINT charged_minute_pkey PRIMARY KEY (org_id, period_id, at)
);
ALTER TABLE charged_minute ADD CONSTRAINT charged_minute_org_id_period_id_fkey FOREIGN KEY (org_id, period_id) REFERENCES budget_period (org_id, id)
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE threshold_firing ADD COLUMN met_at timestamptz(6);
