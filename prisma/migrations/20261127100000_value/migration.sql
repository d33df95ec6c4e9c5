-- What a workload in a traffic stage is to come to in 30 days, who answers for it, and when that is looked at again.
CREATE TABLE "kpi_target" (
  "org_id" TEXT NOT NULL,
  "workload" TEXT NOT NULL,
  "traffic_stage" TEXT NOT NULL,
  "spend_nano" BIGINT,
  "cost_per_success_nano" BIGINT,
  "quality" DOUBLE PRECISION,
  "conversion" DOUBLE PRECISION,
  "owner_id" TEXT,
  "review_on" DATE,
  "set_by" TEXT NOT NULL,
  "set_at" TIMESTAMPTZ(6) NOT NULL,
  CONSTRAINT "kpi_target_pkey" PRIMARY KEY ("org_id", "workload", "traffic_stage"),
  CONSTRAINT "kpi_target_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "kpi_target_shares" CHECK ("quality" BETWEEN 0 AND 1 AND "conversion" BETWEEN 0 AND 1),
  CONSTRAINT "kpi_target_money" CHECK ("spend_nano" > 0 AND "cost_per_success_nano" > 0)
);

-- A split of models that was proposed to a budget's owner: the evidence it had, what it promised, and the action that carries it.
CREATE TABLE "split_proposal" (
  "org_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "action_id" TEXT NOT NULL,
  "evidence" JSONB NOT NULL,
  "promised_nano" BIGINT NOT NULL,
  "proposed_by" TEXT NOT NULL,
  "proposed_at" TIMESTAMPTZ(6) NOT NULL,
  CONSTRAINT "split_proposal_pkey" PRIMARY KEY ("org_id", "id"),
  CONSTRAINT "split_proposal_action_fkey" FOREIGN KEY ("org_id", "action_id") REFERENCES "containment_action" ("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "split_proposal_promise" CHECK ("promised_nano" > 0)
);
