-- A notice sent again by hand is tried as often as a new one, while each attempt keeps its own number; an attempt's reader finds a channel's last by its index.
ALTER TABLE notice ADD COLUMN retried_from integer NOT NULL DEFAULT 0;
ALTER TABLE notice ADD CONSTRAINT notice_retried_from CHECK (retried_from BETWEEN 0 AND attempts);
CREATE INDEX notice_org_id_channel_id_id_idx ON notice (org_id, channel_id, id);
