-- A lease is a hold for many calls: what it still has set aside falls as its calls are booked, and is filled up again while all
-- its budgets have room.
ALTER TABLE "hold" ADD COLUMN "is_lease" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "lease" (
  "org_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "wanted_nano" BIGINT NOT NULL,
  "booked_nano" BIGINT NOT NULL DEFAULT 0,
  "underway_nano" BIGINT NOT NULL DEFAULT 0,
  "settled_at" TIMESTAMPTZ(6),
  CONSTRAINT "lease_pkey" PRIMARY KEY ("org_id", "id"),
  CONSTRAINT "lease_figures" CHECK ("wanted_nano" > 0 AND "booked_nano" >= 0 AND "underway_nano" >= 0)
);
