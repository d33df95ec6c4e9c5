-- The working brief as people have written it on: every saved version stays.
CREATE TABLE "brief_version" (
  "org_id" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "markdown" TEXT NOT NULL,
  "saved_by" TEXT NOT NULL,
  "saved_at" TIMESTAMPTZ(6) NOT NULL,
  CONSTRAINT "brief_version_pkey" PRIMARY KEY ("org_id", "version"),
  CONSTRAINT "brief_version_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
