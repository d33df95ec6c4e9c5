-- The gateway calls providers with keys that are kept here, encrypted. What every organisation has from the start needs no row.
CREATE TABLE "provider" (
  "org_id" TEXT NOT NULL,
  "slug" TEXT NOT NULL,
  "wire" TEXT NOT NULL,
  "base_url" TEXT NOT NULL,
  "sealed_key" TEXT,
  "key_ending" TEXT,
  "key_set_at" TIMESTAMPTZ(6),
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(6) NOT NULL,
  "ended_at" TIMESTAMPTZ(6),
  "version" INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT "provider_pkey" PRIMARY KEY ("org_id", "slug"),
  CONSTRAINT "provider_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "provider_wire" CHECK ("wire" IN ('openai', 'anthropic')),
  CONSTRAINT "provider_key_is_whole" CHECK (("sealed_key" IS NULL) = ("key_ending" IS NULL) AND ("sealed_key" IS NULL) = ("key_set_at" IS NULL))
);
