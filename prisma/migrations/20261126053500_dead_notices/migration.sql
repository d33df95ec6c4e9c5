-- What was given up is looked for by every Overview; of all notices it is few.
CREATE INDEX notice_dead ON notice (org_id, created_at) WHERE state = 'dead';
