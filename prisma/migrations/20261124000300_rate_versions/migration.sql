-- A rate is a resource like any other: it says when it was made, and which version of it was read.
ALTER TABLE currency_rate ADD COLUMN created_at timestamptz(6), ADD COLUMN version integer NOT NULL DEFAULT 1;
-- Of rates that are there already only their last setting is known.
UPDATE currency_rate SET created_at = set_at;
ALTER TABLE currency_rate ALTER COLUMN created_at SET NOT NULL;
