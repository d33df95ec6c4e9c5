-- When a mail last went to an address that somebody typed in: whatever process is asked, a stranger gets few of them.
ALTER TABLE "subscriber" ADD COLUMN "mailed_at" TIMESTAMPTZ(6);
