-- Lines of a time line that were written at the same moment stand in the order in which they were written.
ALTER TABLE breach_event ADD COLUMN n bigserial NOT NULL;
