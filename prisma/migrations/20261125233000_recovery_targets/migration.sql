-- A plan belongs to a breach that is there, and knows which limit its daily target was made from, so that new room makes it anew.
ALTER TABLE recovery_plan ADD COLUMN target_limit_nano bigint, ADD COLUMN target_period_id text;
ALTER TABLE recovery_plan ADD CONSTRAINT recovery_plan_org_id_breach_id_fkey FOREIGN KEY (org_id, breach_id) REFERENCES breach (org_id, id)
  ON DELETE RESTRICT ON UPDATE CASCADE;
