-- Who gets the weekly templates: asked for, confirmed by the link in a mail, ended by one click. Of whoever left no address is kept.
CREATE TABLE "subscriber" (
  "id" TEXT NOT NULL,
  "email" TEXT,
  "state" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(6) NOT NULL,
  "confirmed_at" TIMESTAMPTZ(6),
  "left_at" TIMESTAMPTZ(6),
  "sent" INTEGER NOT NULL DEFAULT 0,
  "tried_at" TIMESTAMPTZ(6),
  CONSTRAINT "subscriber_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "subscriber_state" CHECK ("state" IN ('asked', 'active', 'left')),
  CONSTRAINT "subscriber_address" CHECK (("email" IS NULL) = ("state" = 'left')),
  CONSTRAINT "subscriber_confirmed" CHECK (("state" = 'active') <= ("confirmed_at" IS NOT NULL)),
  CONSTRAINT "subscriber_sent" CHECK ("sent" >= 0)
);
CREATE UNIQUE INDEX "subscriber_email" ON "subscriber" ("email") WHERE "email" IS NOT NULL;
