-- A budget's periods run by the calendar of their time: those before a change of zone, week or fiscal year keep the one they began by.
CREATE TABLE past_calendar (
  org_id text NOT NULL,
  until timestamptz(6) NOT NULL,
  zone text NOT NULL,
  week_start integer NOT NULL,
  fiscal_year_start integer NOT NULL,
  CONSTRAINT past_calendar_pkey PRIMARY KEY (org_id, until),
  CONSTRAINT past_calendar_org_id_fkey FOREIGN KEY (org_id) REFERENCES organisation (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT past_calendar_calendar CHECK (week_start BETWEEN 1 AND 7 AND fiscal_year_start BETWEEN 1 AND 12)
);
CREATE TRIGGER past_calendar_append_only BEFORE UPDATE OR DELETE ON past_calendar FOR EACH ROW EXECUTE FUNCTION refuse_change();
