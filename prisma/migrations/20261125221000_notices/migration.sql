-- Someone is told: events that screens and programs follow, channels that lead outside, and the outbox of notices with every attempt to deliver one.

-- Events: written with the change they tell of, numbered per organisation after commit, so that a reader who resumes misses none.
CREATE TABLE event (
  org_id text NOT NULL,
  id text NOT NULL,
  at timestamptz(6) NOT NULL,
  type text NOT NULL,
  resource jsonb NOT NULL,
  sequence bigint,
  CONSTRAINT event_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT event_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT event_sequence CHECK (sequence > 0)
);
CREATE UNIQUE INDEX event_org_id_sequence_key ON event (org_id, sequence);
CREATE INDEX event_at_idx ON event (at);
CREATE INDEX event_unnumbered ON event (org_id, id) WHERE sequence IS NULL;

-- What was told stays as it was told; only its number is added, once.
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND (to_jsonb(NEW) - 'sequence') = (to_jsonb(OLD) - 'sequence') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'events do not change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_stays BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION refuse_event_change();

-- The last number given: kept apart, so that forgetting old events never gives a number twice.
CREATE TABLE event_head (
  org_id text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT event_head_pkey PRIMARY KEY (org_id),
  CONSTRAINT event_head_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE
);

-- Where a notice can be sent. What opens it (a signing secret, an address that is itself a secret) is kept sealed.
CREATE TABLE channel (
  org_id text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  config jsonb NOT NULL,
  sealed text,
  created_by text NOT NULL,
  created_at timestamptz(6) NOT NULL,
  disabled_at timestamptz(6),
  disabled_why text,
  ended_at timestamptz(6),
  ended_why text,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT channel_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT channel_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT channel_kind CHECK (kind IN ('email', 'webhook', 'slack', 'teams', 'pagerduty')),
  CONSTRAINT channel_sealed CHECK (kind = 'email' OR sealed IS NOT NULL),
  CONSTRAINT channel_disabled CHECK ((disabled_at IS NULL) = (disabled_why IS NULL))
);

-- The outbox: one message to one target, written in the transaction that caused it.
CREATE TABLE notice (
  org_id text NOT NULL,
  id text NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  via text NOT NULL,
  member_id text,
  channel_id text,
  breach_id text,
  title text NOT NULL,
  body text NOT NULL,
  link text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL,
  due_at timestamptz(6) NOT NULL,
  next_attempt_at timestamptz(6),
  attempts integer NOT NULL DEFAULT 0,
  delivered_at timestamptz(6),
  read_at timestamptz(6),
  created_at timestamptz(6) NOT NULL,
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT notice_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT notice_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT notice_org_id_member_id_fkey FOREIGN KEY (org_id, member_id) REFERENCES member (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT notice_org_id_channel_id_fkey FOREIGN KEY (org_id, channel_id) REFERENCES channel (org_id, id) ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT notice_via CHECK (via IN ('app', 'email', 'webhook', 'slack', 'teams', 'pagerduty')),
  CONSTRAINT notice_one_target CHECK ((member_id IS NULL) <> (channel_id IS NULL)),
  CONSTRAINT notice_app_is_personal CHECK (via <> 'app' OR member_id IS NOT NULL),
  CONSTRAINT notice_state CHECK (state IN ('waiting', 'delivered', 'failed', 'dead', 'cancelled')),
  CONSTRAINT notice_delivered CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
  -- What still has to go out has a time at which it does: none is left lying.
  CONSTRAINT notice_goes_on CHECK ((state IN ('waiting', 'failed')) = (next_attempt_at IS NOT NULL))
);
CREATE UNIQUE INDEX notice_org_id_key_key ON notice (org_id, key);
CREATE INDEX notice_due ON notice (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX notice_org_id_breach_id_idx ON notice (org_id, breach_id);
CREATE INDEX notice_unread ON notice (org_id, member_id, id) WHERE via = 'app';

-- Each attempt to deliver a notice. One without an outcome is under way, or died on the way: it is made again.
CREATE TABLE notice_attempt (
  org_id text NOT NULL,
  notice_id text NOT NULL,
  n integer NOT NULL,
  at timestamptz(6) NOT NULL,
  ok boolean,
  detail text,
  ms integer,
  CONSTRAINT notice_attempt_pkey PRIMARY KEY (org_id, notice_id, n),
  CONSTRAINT notice_attempt_org_id_notice_id_fkey FOREIGN KEY (org_id, notice_id) REFERENCES notice (org_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
