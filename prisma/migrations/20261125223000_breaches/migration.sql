-- A crossing that a person must answer for: levels that fire once a period, breaches with their time line, and who is told in which order.
CREATE TABLE escalation_policy (
  org_id text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  steps jsonb NOT NULL,
  repeats integer NOT NULL,
  acknowledge_expires_minutes integer,
  is_default boolean NOT NULL DEFAULT false,
  created_by text NOT NULL,
  created_at timestamptz(6) NOT NULL,
  ended_at timestamptz(6),
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT escalation_policy_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT escalation_policy_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT escalation_policy_bounds CHECK (jsonb_array_length(steps) BETWEEN 1 AND 20 AND repeats BETWEEN 0 AND 20 AND acknowledge_expires_minutes > 0),
  CONSTRAINT escalation_policy_default_lives CHECK (NOT is_default OR ended_at IS NULL)
);
CREATE UNIQUE INDEX escalation_policy_one_default ON escalation_policy (org_id) WHERE is_default;

ALTER TABLE budget ADD COLUMN escalation_policy_id text;
ALTER TABLE budget ADD CONSTRAINT budget_org_id_escalation_policy_id_fkey FOREIGN KEY (org_id, escalation_policy_id)
  REFERENCES escalation_policy (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE member ADD COLUMN deputy_id text, ADD COLUMN away_until timestamptz(6);
ALTER TABLE member ADD CONSTRAINT member_org_id_deputy_id_fkey FOREIGN KEY (org_id, deputy_id)
  REFERENCES member (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE member ADD CONSTRAINT member_deputy_is_another CHECK (deputy_id <> id);

-- Levels ----------------------------------------------------------------------------------------------------------------
-- The lowest level that has not fired: whether a charge crosses one is told by one compare on the row that is locked anyway.
ALTER TABLE budget_period ADD COLUMN next_level_ppm integer;
-- What a period has passed before levels fired is past: nobody is told of it now.
UPDATE budget_period p SET next_level_ppm = (
  SELECT min(t.at_ppm) FROM threshold t WHERE t.org_id = p.org_id AND t.budget_id = p.budget_id AND t.kind <> 'stop' AND NOT t.burn
    AND t.within_days IS NULL AND (p.actual_nano + p.presumed_nano + p.unpriced_upper_nano)::numeric * 1000000 < p.amount_nano::numeric * t.at_ppm);

CREATE TABLE threshold_firing (
  org_id text NOT NULL,
  id text NOT NULL,
  budget_id text NOT NULL,
  period_id text NOT NULL,
  threshold_key text NOT NULL,
  at_ppm integer NOT NULL,
  fired_at timestamptz(6) NOT NULL,
  observed boolean NOT NULL,
  figures jsonb NOT NULL,
  rearmed_at timestamptz(6),
  CONSTRAINT threshold_firing_pkey PRIMARY KEY (org_id, id)
);
CREATE INDEX threshold_firing_org_id_budget_id_fired_at_idx ON threshold_firing (org_id, budget_id, fired_at);
-- Once a period, whatever the code does.
CREATE UNIQUE INDEX threshold_firing_once ON threshold_firing (org_id, period_id, threshold_key) WHERE rearmed_at IS NULL;

-- Breaches --------------------------------------------------------------------------------------------------------------
CREATE TABLE breach (
  org_id text NOT NULL,
  id text NOT NULL,
  budget_id text NOT NULL,
  period_id text NOT NULL,
  cause text NOT NULL,
  critical boolean NOT NULL,
  opened_at timestamptz(6) NOT NULL,
  phase text NOT NULL DEFAULT 'open',
  figures jsonb NOT NULL,
  policy jsonb NOT NULL,
  policy_id text,
  climb integer NOT NULL DEFAULT 1,
  round integer NOT NULL DEFAULT 1,
  step integer NOT NULL DEFAULT 1,
  next_climb_at timestamptz(6),
  answered_by text,
  answered_at timestamptz(6),
  answer_note text,
  answer_expires_at timestamptz(6),
  found_cause text,
  closed_at timestamptz(6),
  closed_by text,
  summary text,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT breach_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT breach_org_id_budget_id_fkey FOREIGN KEY (org_id, budget_id) REFERENCES budget (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT breach_phase CHECK (phase IN ('open', 'contained', 'recovering', 'closed')),
  CONSTRAINT breach_closed_whole CHECK ((phase = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
  CONSTRAINT breach_answered_whole CHECK ((answered_at IS NULL) = (answered_by IS NULL) AND (answer_expires_at IS NULL OR answered_at IS NOT NULL)),
  -- Either someone has it, or it is closed, or it is climbing: nobody is missed, and a closed or answered one is quiet.
  CONSTRAINT breach_climbs_until_answered CHECK ((next_climb_at IS NOT NULL) = (answered_at IS NULL AND closed_at IS NULL))
);
CREATE INDEX breach_org_id_budget_id_opened_at_idx ON breach (org_id, budget_id, opened_at);
CREATE UNIQUE INDEX breach_one_live ON breach (org_id, budget_id) WHERE closed_at IS NULL;
CREATE INDEX breach_climbing ON breach (next_climb_at) WHERE next_climb_at IS NOT NULL;
CREATE INDEX breach_expiring ON breach (answer_expires_at) WHERE answer_expires_at IS NOT NULL AND closed_at IS NULL;

CREATE TABLE breach_stop (
  org_id text NOT NULL,
  stop_id text NOT NULL,
  breach_id text NOT NULL,
  CONSTRAINT breach_stop_pkey PRIMARY KEY (org_id, stop_id),
  CONSTRAINT breach_stop_org_id_breach_id_fkey FOREIGN KEY (org_id, breach_id) REFERENCES breach (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT breach_stop_org_id_stop_id_fkey FOREIGN KEY (org_id, stop_id) REFERENCES stop (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX breach_stop_org_id_breach_id_idx ON breach_stop (org_id, breach_id);

CREATE TABLE breach_event (
  org_id text NOT NULL,
  id text NOT NULL,
  breach_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  kind text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  detail jsonb NOT NULL,
  CONSTRAINT breach_event_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT breach_event_org_id_breach_id_fkey FOREIGN KEY (org_id, breach_id) REFERENCES breach (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX breach_event_org_id_breach_id_idx ON breach_event (org_id, breach_id);
-- Each step of each round of each climb is told once, whichever worker comes first.
CREATE UNIQUE INDEX breach_event_step_once ON breach_event (org_id, breach_id, (detail ->> 'climb'), (detail ->> 'round'), (detail ->> 'step'))
  WHERE kind = 'told';
CREATE TRIGGER breach_event_append_only BEFORE UPDATE OR DELETE ON breach_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE breach_told (
  org_id text NOT NULL,
  breach_id text NOT NULL,
  target text NOT NULL,
  first_at timestamptz(6) NOT NULL,
  CONSTRAINT breach_told_pkey PRIMARY KEY (org_id, breach_id, target),
  CONSTRAINT breach_told_org_id_breach_id_fkey FOREIGN KEY (org_id, breach_id) REFERENCES breach (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE acknowledge_link (
  org_id text NOT NULL,
  id text NOT NULL,
  breach_id text NOT NULL,
  member_id text NOT NULL,
  created_at timestamptz(6) NOT NULL,
  expires_at timestamptz(6) NOT NULL,
  used_at timestamptz(6),
  CONSTRAINT acknowledge_link_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT acknowledge_link_org_id_breach_id_fkey FOREIGN KEY (org_id, breach_id) REFERENCES breach (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT acknowledge_link_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX acknowledge_link_id_key ON acknowledge_link (id);
CREATE INDEX acknowledge_link_org_id_breach_id_idx ON acknowledge_link (org_id, breach_id);
