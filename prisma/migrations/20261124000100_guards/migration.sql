-- The last line: what must never be wrong is held by checks, partial unique indexes and triggers, whatever the code does.

-- Words ---------------------------------------------------------------------------------------------------------------
ALTER TABLE organisation ADD CONSTRAINT organisation_calendar CHECK (week_start BETWEEN 1 AND 7 AND fiscal_year_start BETWEEN 1 AND 12);
ALTER TABLE organisation ADD CONSTRAINT organisation_label_tags CHECK (cardinality(label_tags) <= 8);
ALTER TABLE currency_rate ADD CONSTRAINT currency_rate_positive CHECK (nano_usd_per_unit > 0);
ALTER TABLE person ADD CONSTRAINT person_email_lower CHECK (email = lower(email));
ALTER TABLE member ADD CONSTRAINT member_role CHECK (role IN ('viewer', 'analyst', 'operator', 'admin'));
ALTER TABLE member ADD CONSTRAINT member_duties CHECK (duties <@ ARRAY['budget_owner', 'escalation_owner']);
ALTER TABLE workload ADD CONSTRAINT workload_criticality CHECK (criticality IN ('critical', 'standard', 'experimental'));
ALTER TABLE workload ADD CONSTRAINT workload_traffic_stage CHECK (traffic_stage IN ('experiment', 'pilot', 'ramp', 'production'));
ALTER TABLE price ADD CONSTRAINT price_not_negative CHECK (nano_per_million >= 0);
ALTER TABLE price ADD CONSTRAINT price_dates CHECK (effective_to IS NULL OR effective_to > effective_from);
ALTER TABLE price ADD CONSTRAINT price_source CHECK (source IN ('override', 'contract'));
CREATE UNIQUE INDEX price_one_start ON price (org_id, provider, model, unit, effective_from) WHERE ended_at IS NULL;

-- Budgets -------------------------------------------------------------------------------------------------------------
ALTER TABLE budget ADD CONSTRAINT budget_kind CHECK (kind IN ('scoped', 'everything', 'unassigned'));
ALTER TABLE budget ADD CONSTRAINT budget_mode CHECK (mode IN ('enforce', 'observe'));
ALTER TABLE budget ADD CONSTRAINT budget_on_unpriced CHECK (on_unpriced IN ('refuse', 'allow'));
ALTER TABLE budget ADD CONSTRAINT budget_amount CHECK (amount >= 0 AND (next_amount IS NULL OR next_amount >= 0));
ALTER TABLE budget ADD CONSTRAINT budget_period CHECK (
  (period_kind IN ('day', 'week', 'month', 'quarter', 'year') AND fixed_starts_at IS NULL AND fixed_ends_at IS NULL)
  OR (period_kind IS NULL AND fixed_ends_at > fixed_starts_at));
ALTER TABLE budget ADD CONSTRAINT budget_whole_stays CHECK (kind = 'scoped' OR ended_at IS NULL);
CREATE UNIQUE INDEX budget_one_whole ON budget (org_id, kind) WHERE kind <> 'scoped';
ALTER TABLE threshold ADD CONSTRAINT threshold_kind CHECK (kind IN ('notify', 'contain', 'stop'));
ALTER TABLE threshold ADD CONSTRAINT threshold_at CHECK (at_ppm > 0 AND at_ppm <= 10000000);
ALTER TABLE threshold ADD CONSTRAINT threshold_stop_level CHECK (kind <> 'stop' OR at_ppm <= 1000000);
CREATE UNIQUE INDEX threshold_one_stop ON threshold (org_id, budget_id) WHERE kind = 'stop';

-- Every budget has exactly one stop level when its transaction commits: without one it would be left out of decisions.
CREATE FUNCTION require_stop_level() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_org text := coalesce(NEW.org_id, OLD.org_id);
  of_budget text;
BEGIN
  IF TG_TABLE_NAME = 'budget' THEN of_budget := NEW.id; ELSE of_budget := OLD.budget_id; END IF;
  IF EXISTS (SELECT FROM budget WHERE org_id = of_org AND id = of_budget)
    AND NOT EXISTS (SELECT FROM threshold WHERE org_id = of_org AND budget_id = of_budget AND kind = 'stop') THEN
    RAISE EXCEPTION 'budget % has no stop level', of_budget USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER budget_has_stop AFTER INSERT ON budget DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_stop_level();
CREATE CONSTRAINT TRIGGER threshold_keeps_stop AFTER UPDATE OR DELETE ON threshold DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_stop_level();

-- No commit of an enforcing budget ends above its limit without an excess that says why.
ALTER TABLE budget_period ADD CONSTRAINT budget_period_dates CHECK (ends_at > starts_at);
ALTER TABLE budget_period ADD CONSTRAINT budget_period_limit CHECK (hard_stop_nano BETWEEN 0 AND amount_nano AND granted_nano >= 0 AND rate_nano > 0);
ALTER TABLE budget_period ADD CONSTRAINT budget_period_not_negative CHECK (
  held_nano >= 0 AND presumed_nano >= 0 AND unpriced_upper_nano >= 0 AND observed_held_nano >= 0 AND observed_charged_nano >= 0 AND excess_nano >= 0);
ALTER TABLE budget_period ADD CONSTRAINT budget_period_excess_explained CHECK (
  NOT enforcing OR actual_nano + presumed_nano + unpriced_upper_nano + held_nano <= hard_stop_nano + granted_nano + excess_nano);
ALTER TABLE excess ADD CONSTRAINT excess_cause CHECK (cause IN ('overrun', 'unasked', 'repriced', 'limit_lowered', 'grant_ended') AND amount_nano > 0);
CREATE UNIQUE INDEX stop_one_open ON stop (org_id, budget_id) WHERE lifted_at IS NULL;
ALTER TABLE stop ADD CONSTRAINT stop_lifted_whole CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_why IS NULL));
ALTER TABLE stop ADD CONSTRAINT stop_cause CHECK (cause IN ('charged', 'no_room', 'by_hand', 'amount_lowered', 'enforced'));

-- Holds ---------------------------------------------------------------------------------------------------------------
ALTER TABLE hold ADD CONSTRAINT hold_state CHECK (state IN ('open', 'settled', 'released', 'presumed') AND (state = 'open') = (ended_at IS NULL));
ALTER TABLE hold ADD CONSTRAINT hold_amount CHECK (held_nano >= 0 AND expires_at > authorised_at);
-- Room on each page for the row's second version: ending a hold then touches no index.
ALTER TABLE hold SET (fillfactor = 60);
ALTER INDEX hold_expires_at_idx SET (pages_per_range = 16, autosummarize = on);
ALTER TABLE budget_period SET (fillfactor = 50);
ALTER TABLE key_exposure SET (fillfactor = 50);
ALTER TABLE key_exposure ADD CONSTRAINT key_exposure_not_negative CHECK (held_nano >= observed_nano AND observed_nano >= 0);

-- The ledger ----------------------------------------------------------------------------------------------------------
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_kind CHECK (kind IN ('usage', 'settlement', 'presumed', 'correction', 'reprice', 'adjustment'));
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_basis CHECK (basis IN ('priced', 'stated', 'presumed', 'unpriced', 'adjusted'));
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_calls CHECK (calls BETWEEN -1 AND 1);
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_sign CHECK (amount_nano >= 0 OR kind IN ('correction', 'reprice', 'adjustment'));
CREATE INDEX ledger_entry_event ON ledger_entry (org_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX ledger_entry_hold ON ledger_entry (org_id, hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX ledger_entry_unpriced ON ledger_entry (org_id, provider, model_called) WHERE basis = 'unpriced';
CREATE INDEX ledger_entry_corrects ON ledger_entry (org_id, corrects) WHERE corrects IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A whole organisation may be erased (the sample workspace); a single fact may not.
  IF TG_OP = 'DELETE' AND current_setting('hardstop.erase_org', true) = OLD.org_id THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only: write a correcting row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER excess_append_only BEFORE UPDATE OR DELETE ON excess FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER limit_change_append_only BEFORE UPDATE OR DELETE ON limit_change FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The audit: only its place in the chain is added, once, after commit. ---------------------------------------------------
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF current_setting('hardstop.erase_org', true) = OLD.org_id THEN RETURN OLD; END IF;
  ELSIF OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND NEW.hash IS NOT NULL
    AND (to_jsonb(NEW) - 'sequence' - 'hash') = (to_jsonb(OLD) - 'sequence' - 'hash') THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit entries are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE INDEX audit_entry_unchained ON audit_entry (org_id, id) WHERE sequence IS NULL;
