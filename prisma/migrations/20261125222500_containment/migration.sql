-- What is done to spend (rate limits, routes, features switched off, blocks), which processes have taken it up, and what came of it.
ALTER TABLE organisation ADD COLUMN containment_version integer NOT NULL DEFAULT 1;

CREATE TABLE containment_action (
  org_id text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  workload text,
  feature text,
  team text,
  cost_centre text,
  provider text,
  model text,
  traffic_stage text,
  customer text,
  tags jsonb NOT NULL DEFAULT '{}',
  unassigned boolean NOT NULL DEFAULT false,
  params jsonb NOT NULL,
  reason text NOT NULL,
  cause text NOT NULL,
  mode text NOT NULL,
  budget_id text,
  threshold_key text,
  breach_id text,
  created_by text NOT NULL,
  created_at timestamptz(6) NOT NULL,
  started_at timestamptz(6),
  started_by text,
  expires_at timestamptz(6),
  ended_at timestamptz(6),
  ended_by text,
  ended_why text,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT containment_action_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT containment_action_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT containment_action_org_id_budget_id_fkey FOREIGN KEY (org_id, budget_id) REFERENCES budget (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT containment_action_kind CHECK (kind IN ('rate_limit', 'route', 'disable_feature', 'block')),
  CONSTRAINT containment_action_cause CHECK (cause IN ('manual', 'threshold') AND mode IN ('automatic', 'ask')),
  CONSTRAINT containment_action_of_level CHECK ((cause = 'threshold') = (budget_id IS NOT NULL) AND (cause = 'threshold') = (threshold_key IS NOT NULL)),
  CONSTRAINT containment_action_reason CHECK (reason <> ''),
  CONSTRAINT containment_action_started_whole CHECK ((started_at IS NULL) = (started_by IS NULL)),
  CONSTRAINT containment_action_ended_whole CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_why IS NULL)),
  CONSTRAINT containment_action_expires_later CHECK (expires_at > created_at)
);
CREATE INDEX containment_action_org_id_breach_id_idx ON containment_action (org_id, breach_id);
CREATE INDEX containment_action_open ON containment_action (org_id, started_at) WHERE ended_at IS NULL;
-- A level that is reached again while what it set off still stands sets nothing off twice.
CREATE UNIQUE INDEX containment_action_once ON containment_action (org_id, budget_id, threshold_key, kind, params) WHERE ended_at IS NULL AND cause = 'threshold';

-- What was said when an action was switched on stays said; only its end, its expiry and its reason are written later.
CREATE FUNCTION refuse_other_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR (OLD.started_at IS NOT NULL AND NEW.started_at IS DISTINCT FROM OLD.started_at)
    OR (to_jsonb(NEW) - ARRAY['reason', 'started_at', 'started_by', 'expires_at', 'ended_at', 'ended_by', 'ended_why', 'breach_id', 'version'])
       <> (to_jsonb(OLD) - ARRAY['reason', 'started_at', 'started_by', 'expires_at', 'ended_at', 'ended_by', 'ended_why', 'breach_id', 'version']) THEN
    RAISE EXCEPTION 'a containment action is not changed: end it and make another' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER containment_action_stays BEFORE UPDATE ON containment_action FOR EACH ROW EXECUTE FUNCTION refuse_other_action();

-- Processes that decide. They belong to no organisation: each serves all of them.
CREATE TABLE process (
  id text NOT NULL,
  kind text NOT NULL,
  started_at timestamptz(6) NOT NULL,
  seen_at timestamptz(6) NOT NULL,
  CONSTRAINT process_pkey PRIMARY KEY (id)
);

CREATE TABLE containment_confirmation (
  org_id text NOT NULL,
  action_id text NOT NULL,
  process_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  CONSTRAINT containment_confirmation_pkey PRIMARY KEY (org_id, action_id, process_id),
  CONSTRAINT containment_confirmation_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What a rate limit has let pass of late: for calls the moment the next one is due, for units those of each second of the last minute.
CREATE TABLE rate_limit_state (
  org_id text NOT NULL,
  action_id text NOT NULL,
  due numeric NOT NULL DEFAULT 0,
  units jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT rate_limit_state_pkey PRIMARY KEY (org_id, action_id),
  CONSTRAINT rate_limit_state_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
ALTER TABLE rate_limit_state SET (fillfactor = 50);

-- Open holds that count against a limit of calls at once or of units; a row goes when its hold ends.
CREATE TABLE hold_limit (
  org_id text NOT NULL,
  hold_id text NOT NULL,
  action_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  units bigint NOT NULL,
  CONSTRAINT hold_limit_pkey PRIMARY KEY (org_id, hold_id, action_id),
  CONSTRAINT hold_limit_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT hold_limit_units CHECK (units >= 0)
);
CREATE INDEX hold_limit_org_id_action_id_idx ON hold_limit (org_id, action_id);

-- Calls that went to another model than they asked for; what that saved is known once they are settled.
CREATE TABLE hold_route (
  org_id text NOT NULL,
  hold_id text NOT NULL,
  action_id text NOT NULL,
  from_provider text NOT NULL,
  from_model text NOT NULL,
  from_prices_id text NOT NULL,
  saved_nano bigint,
  CONSTRAINT hold_route_pkey PRIMARY KEY (org_id, hold_id),
  CONSTRAINT hold_route_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX hold_route_org_id_action_id_idx ON hold_route (org_id, action_id);

-- Calls that an action refused, each idempotency key once; one that is let pass after all goes from here.
CREATE TABLE contained_call (
  org_id text NOT NULL,
  hold_id text NOT NULL,
  action_id text NOT NULL,
  at timestamptz(6) NOT NULL,
  workload text NOT NULL,
  customer text NOT NULL,
  asked_nano bigint NOT NULL,
  CONSTRAINT contained_call_pkey PRIMARY KEY (org_id, hold_id),
  CONSTRAINT contained_call_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX contained_call_at_idx ON contained_call USING brin (at);

-- What came of each action, by hour.
CREATE TABLE containment_effect (
  org_id text NOT NULL,
  action_id text NOT NULL,
  hour timestamptz(6) NOT NULL,
  workload text NOT NULL,
  customer text NOT NULL,
  refused bigint NOT NULL DEFAULT 0,
  asked_nano bigint NOT NULL DEFAULT 0,
  rerouted bigint NOT NULL DEFAULT 0,
  saved_nano bigint NOT NULL DEFAULT 0,
  CONSTRAINT containment_effect_pkey PRIMARY KEY (org_id, action_id, hour, workload, customer),
  CONSTRAINT containment_effect_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT containment_effect_not_negative CHECK (refused >= 0 AND asked_nano >= 0 AND rerouted >= 0)
);

-- What a workload's calls usually come to of what is set aside for them, as it was before an action.
CREATE TABLE containment_usual (
  org_id text NOT NULL,
  action_id text NOT NULL,
  workload text NOT NULL,
  calls bigint NOT NULL,
  settled_nano bigint NOT NULL,
  held_nano bigint NOT NULL,
  CONSTRAINT containment_usual_pkey PRIMARY KEY (org_id, action_id, workload),
  CONSTRAINT containment_usual_org_id_action_id_fkey FOREIGN KEY (org_id, action_id) REFERENCES containment_action (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
