-- A breach has a way back: a plan with its steps, its daily entries and who signed them; and the reserve is spent only through a grant that a second person approved.

-- A resume step is a hidden budget by the hour beside the one that it lets resume: the same admission, holds and settlement, no stop.
ALTER TABLE budget ADD COLUMN stage_of text;
ALTER TABLE budget ADD CONSTRAINT budget_org_id_stage_of_fkey FOREIGN KEY (org_id, stage_of) REFERENCES budget (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE budget DROP CONSTRAINT budget_period;
ALTER TABLE budget ADD CONSTRAINT budget_period CHECK (
  (period_kind IN ('day', 'week', 'month', 'quarter', 'year') AND fixed_starts_at IS NULL AND fixed_ends_at IS NULL AND stage_of IS NULL)
  OR (period_kind = 'hour' AND fixed_starts_at IS NULL AND fixed_ends_at IS NULL AND stage_of IS NOT NULL)
  OR (period_kind IS NULL AND fixed_ends_at > fixed_starts_at AND stage_of IS NULL));
ALTER TABLE budget DROP CONSTRAINT budget_whole_stays;
ALTER TABLE budget ADD CONSTRAINT budget_whole_stays CHECK (kind = 'scoped' OR ended_at IS NULL OR stage_of IS NOT NULL);
DROP INDEX budget_one_whole;
CREATE UNIQUE INDEX budget_one_whole ON budget (org_id, kind) WHERE kind <> 'scoped' AND stage_of IS NULL;
CREATE UNIQUE INDEX budget_one_stage ON budget (org_id, stage_of) WHERE stage_of IS NOT NULL AND ended_at IS NULL;

ALTER TABLE budget_period ADD COLUMN stage boolean NOT NULL DEFAULT false, ADD COLUMN grants integer NOT NULL DEFAULT 0;
ALTER TABLE budget_period ADD CONSTRAINT budget_period_stage_is_no_stop CHECK (NOT stage OR (stop_id IS NULL AND granted_nano = 0));
ALTER TABLE budget_period ADD CONSTRAINT budget_period_grants CHECK (grants >= 0 AND (grants > 0 OR granted_nano = 0));

-- Grants --------------------------------------------------------------------------------------------------------------
CREATE TABLE budget_grant (
  org_id text NOT NULL,
  id text NOT NULL,
  budget_id text NOT NULL,
  period_id text NOT NULL,
  amount numeric(20, 6) NOT NULL,
  amount_nano bigint NOT NULL,
  scope jsonb NOT NULL DEFAULT '{"tags": {}}',
  reason text NOT NULL,
  state text NOT NULL,
  asked_at timestamptz(6) NOT NULL,
  asked_by text NOT NULL,
  asked_person text NOT NULL,
  expires_at timestamptz(6) NOT NULL,
  approved_at timestamptz(6),
  approved_by text,
  ended_at timestamptz(6),
  ended_by text,
  ended_why text,
  charged_nano bigint NOT NULL DEFAULT 0,
  held_nano bigint NOT NULL DEFAULT 0,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT budget_grant_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT budget_grant_org_id_budget_id_fkey FOREIGN KEY (org_id, budget_id) REFERENCES budget (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT budget_grant_org_id_period_id_fkey FOREIGN KEY (org_id, period_id) REFERENCES budget_period (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT budget_grant_state CHECK (
    (state = 'asked' AND approved_at IS NULL AND ended_at IS NULL) OR (state = 'open' AND approved_at IS NOT NULL AND ended_at IS NULL)
    OR (state = 'ended' AND ended_at IS NOT NULL)),
  CONSTRAINT budget_grant_whole CHECK ((approved_at IS NULL) = (approved_by IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)
    AND (ended_at IS NULL) = (ended_why IS NULL)),
  CONSTRAINT budget_grant_second_person CHECK (approved_by <> asked_person AND approved_by <> asked_by),
  CONSTRAINT budget_grant_money CHECK (amount_nano > 0 AND held_nano >= 0 AND (approved_at IS NOT NULL OR (charged_nano = 0 AND held_nano = 0))),
  CONSTRAINT budget_grant_dates CHECK (expires_at > asked_at)
);
CREATE INDEX budget_grant_org_id_period_id_idx ON budget_grant (org_id, period_id);
CREATE INDEX budget_grant_org_id_budget_id_idx ON budget_grant (org_id, budget_id);

-- What is open, with what was spent of grants that have ended, never passes what lies between the hard stop and the amount. Whoever
-- opens a grant has locked its period.
CREATE FUNCTION keep_grants_in_reserve() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  reserve bigint;
  granted bigint;
BEGIN
  SELECT amount_nano - hard_stop_nano INTO reserve FROM budget_period WHERE org_id = NEW.org_id AND id = NEW.period_id;
  SELECT coalesce(sum(CASE WHEN state = 'open' THEN amount_nano ELSE greatest(0, least(charged_nano, amount_nano)) END), 0) INTO granted
    FROM budget_grant WHERE org_id = NEW.org_id AND period_id = NEW.period_id AND approved_at IS NOT NULL;
  IF granted > reserve THEN
    RAISE EXCEPTION 'grants of period % would pass its reserve', NEW.period_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER budget_grant_in_reserve AFTER INSERT OR UPDATE OF state, amount_nano ON budget_grant
  FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION keep_grants_in_reserve();

-- Which grant a hold is set aside from, in which period: beside the hold, which stays narrow.
CREATE TABLE hold_grant (
  org_id text NOT NULL,
  hold_id text NOT NULL,
  period_id text NOT NULL,
  grant_id text NOT NULL,
  CONSTRAINT hold_grant_pkey PRIMARY KEY (org_id, hold_id, period_id),
  CONSTRAINT hold_grant_hold_id_org_id_fkey FOREIGN KEY (hold_id, org_id) REFERENCES hold (id, org_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT hold_grant_org_id_grant_id_fkey FOREIGN KEY (org_id, grant_id) REFERENCES budget_grant (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX hold_grant_org_id_grant_id_idx ON hold_grant (org_id, grant_id);

-- Recovery ------------------------------------------------------------------------------------------------------------
CREATE TABLE recovery_plan (
  org_id text NOT NULL,
  id text NOT NULL,
  breach_id text NOT NULL,
  budget_id text NOT NULL,
  period_id text NOT NULL,
  opened_at timestamptz(6) NOT NULL,
  snapshot jsonb NOT NULL,
  phase text NOT NULL,
  room text,
  room_at timestamptz(6),
  room_by text,
  target_nano bigint,
  stage_percent integer,
  stage_since timestamptz(6) NOT NULL,
  stage_budget_id text,
  cause text,
  corrective_action text,
  cause_at timestamptz(6),
  cause_by text,
  deadline_at timestamptz(6) NOT NULL,
  closed_at timestamptz(6),
  closed_by text,
  summary text,
  report jsonb,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT recovery_plan_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT recovery_plan_org_id_budget_id_fkey FOREIGN KEY (org_id, budget_id) REFERENCES budget (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT recovery_plan_org_id_stage_budget_id_fkey FOREIGN KEY (org_id, stage_budget_id) REFERENCES budget (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT recovery_plan_phase CHECK (phase IN ('planned', 'resuming', 'stopped_again', 'closed')),
  CONSTRAINT recovery_plan_room CHECK (room IN ('wait', 'raise', 'grant') AND (room IS NULL) = (room_at IS NULL)),
  CONSTRAINT recovery_plan_percent CHECK (stage_percent IN (1, 5, 25, 50, 100) AND target_nano >= 0),
  CONSTRAINT recovery_plan_stage CHECK (stage_budget_id IS NULL OR stage_percent IS NOT NULL),
  CONSTRAINT recovery_plan_resuming CHECK ((phase = 'resuming') = (stage_percent IS NOT NULL)),
  CONSTRAINT recovery_plan_closed CHECK ((phase = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (report IS NULL))
);
CREATE UNIQUE INDEX recovery_plan_one_open ON recovery_plan (org_id, budget_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX recovery_plan_org_id_breach_id_key ON recovery_plan (org_id, breach_id);

-- Every change of the way back: money answered, resumed, stepped back, aborted, closed.
CREATE TABLE recovery_step (
  org_id text NOT NULL,
  id text NOT NULL,
  plan_id text NOT NULL,
  n integer NOT NULL,
  at timestamptz(6) NOT NULL,
  kind text NOT NULL,
  percent integer,
  target_nano bigint,
  by_id text NOT NULL,
  by_name text NOT NULL,
  by_rule boolean NOT NULL,
  why text NOT NULL,
  subject text,
  figures jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT recovery_step_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT recovery_step_org_id_plan_id_fkey FOREIGN KEY (org_id, plan_id) REFERENCES recovery_plan (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT recovery_step_kind CHECK (kind IN ('open', 'room', 'cause', 'resume', 'step_back', 'abort', 'lifted', 'escalate', 'close', 'reopen'))
);
CREATE UNIQUE INDEX recovery_step_org_id_plan_id_n_key ON recovery_step (org_id, plan_id, n);
CREATE UNIQUE INDEX recovery_step_once ON recovery_step (org_id, plan_id, kind, subject) WHERE subject IS NOT NULL;

-- One entry a local day, kept as it was written; what comes late makes another with a higher correction.
CREATE TABLE recovery_day (
  org_id text NOT NULL,
  plan_id text NOT NULL,
  date date NOT NULL,
  correction integer NOT NULL,
  starts_at timestamptz(6) NOT NULL,
  ends_at timestamptz(6) NOT NULL,
  actual_nano bigint NOT NULL,
  target_nano bigint NOT NULL,
  percent integer,
  verdict text NOT NULL,
  facts jsonb NOT NULL,
  written_at timestamptz(6) NOT NULL,
  CONSTRAINT recovery_day_pkey PRIMARY KEY (org_id, plan_id, date, correction),
  CONSTRAINT recovery_day_org_id_plan_id_fkey FOREIGN KEY (org_id, plan_id) REFERENCES recovery_plan (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT recovery_day_verdict CHECK (verdict IN ('stable', 'watch', 'worse', 'held', 'inconclusive')),
  CONSTRAINT recovery_day_stable_spends CHECK (verdict <> 'stable' OR (actual_nano > 0 AND percent IS NOT NULL)),
  CONSTRAINT recovery_day_whole CHECK (ends_at > starts_at AND written_at >= ends_at AND correction >= 0)
);

CREATE TABLE recovery_note (
  org_id text NOT NULL,
  id text NOT NULL,
  plan_id text NOT NULL,
  date date,
  kind text NOT NULL,
  text text NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz(6) NOT NULL,
  CONSTRAINT recovery_note_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT recovery_note_org_id_plan_id_fkey FOREIGN KEY (org_id, plan_id) REFERENCES recovery_plan (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT recovery_note_kind CHECK (kind = 'note' OR (kind = 'sign_off' AND date IS NOT NULL))
);
CREATE UNIQUE INDEX recovery_note_one_sign_off ON recovery_note (org_id, plan_id, date) WHERE kind = 'sign_off';

CREATE TABLE recovery_check (
  org_id text NOT NULL,
  id text NOT NULL,
  plan_id text NOT NULL,
  position integer NOT NULL,
  text text NOT NULL,
  added_by text NOT NULL,
  done_at timestamptz(6),
  done_by text,
  CONSTRAINT recovery_check_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT recovery_check_org_id_plan_id_fkey FOREIGN KEY (org_id, plan_id) REFERENCES recovery_plan (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT recovery_check_done CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE UNIQUE INDEX recovery_check_org_id_plan_id_position_key ON recovery_check (org_id, plan_id, position);

CREATE TRIGGER recovery_step_append_only BEFORE UPDATE OR DELETE ON recovery_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_day_append_only BEFORE UPDATE OR DELETE ON recovery_day FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_note_append_only BEFORE UPDATE OR DELETE ON recovery_note FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Only what a plan does raises this one: charged back at the limit, a day far over its allowance, or a person who says so.
ALTER TABLE stop DROP CONSTRAINT stop_cause;
ALTER TABLE stop ADD CONSTRAINT stop_cause CHECK (cause IN ('charged', 'no_room', 'by_hand', 'amount_lowered', 'enforced', 'resume_aborted', 'grant_ended'));
