-- Until the story of a sample is told, its clock is that of its days: what happens by the real clock leaves it alone.
ALTER TABLE "organisation" ADD COLUMN "sample_told_at" TIMESTAMPTZ(6);
UPDATE organisation o SET sample_told_at = (SELECT min(a.at) FROM audit_entry a WHERE a.org_id = o.id AND a.action = 'sample.filled')
 WHERE o.sample_since IS NOT NULL;
