-- What people say of the steps of a guide that the product cannot see by itself; the latest word of each, the log has the earlier ones.
CREATE TABLE "playbook_step" (
  "org_id" TEXT NOT NULL,
  "guide" TEXT NOT NULL,
  "step" TEXT NOT NULL,
  "done" BOOLEAN NOT NULL,
  "evidence" TEXT,
  "risk" TEXT,
  "owner_id" TEXT,
  "due_on" DATE,
  "said_by" TEXT NOT NULL,
  "said_at" TIMESTAMPTZ(6) NOT NULL,
  CONSTRAINT "playbook_step_pkey" PRIMARY KEY ("org_id", "guide", "step"),
  CONSTRAINT "playbook_step_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "playbook_step_risk" CHECK ("risk" IN ('low', 'medium', 'high'))
);

-- How many steps of a guide were done at the end of a day; the last word of the day stays.
CREATE TABLE "playbook_day" (
  "org_id" TEXT NOT NULL,
  "guide" TEXT NOT NULL,
  "day" DATE NOT NULL,
  "done" INTEGER NOT NULL,
  "steps" INTEGER NOT NULL,
  CONSTRAINT "playbook_day_pkey" PRIMARY KEY ("org_id", "guide", "day"),
  CONSTRAINT "playbook_day_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "playbook_day_part" CHECK ("done" >= 0 AND "done" <= "steps")
);

-- When a guide was gone through last, by whom, and when it is due again.
CREATE TABLE "playbook_review" (
  "org_id" TEXT NOT NULL,
  "guide" TEXT NOT NULL,
  "reviewed_by" TEXT NOT NULL,
  "reviewed_at" TIMESTAMPTZ(6) NOT NULL,
  "due_on" DATE NOT NULL,
  "reminded_at" TIMESTAMPTZ(6),
  CONSTRAINT "playbook_review_pkey" PRIMARY KEY ("org_id", "guide"),
  CONSTRAINT "playbook_review_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
