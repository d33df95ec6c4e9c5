-- Tables, keys and indexes as prisma/schema.prisma declares them.
-- CreateTable
CREATE TABLE "organisation" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "week_start" INTEGER NOT NULL,
    "fiscal_year_start" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "label_tags" TEXT[],
    "sample_since" TIMESTAMPTZ(6),
    "budget_set_version" INTEGER NOT NULL DEFAULT 1,
    "price_version" INTEGER NOT NULL DEFAULT 1,
    "holds_expired_to" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "currency_rate" (
    "org_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "nano_usd_per_unit" BIGINT NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL,
    "set_by" TEXT NOT NULL,

    CONSTRAINT "currency_rate_pkey" PRIMARY KEY ("org_id","currency")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "duties" TEXT[],
    "join_token_hash" BYTEA,
    "join_expires_at" TIMESTAMPTZ(6),
    "joined_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "member_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "pin_workload" TEXT,
    "pin_feature" TEXT,
    "pin_customer" TEXT,
    "pin_tags" JSONB NOT NULL DEFAULT '{}',
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "key_exposure" (
    "org_id" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "held_nano" BIGINT NOT NULL DEFAULT 0,
    "observed_nano" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "key_exposure_pkey" PRIMARY KEY ("org_id","api_key_id")
);

-- CreateTable
CREATE TABLE "workload" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "criticality" TEXT NOT NULL DEFAULT 'standard',
    "traffic_stage" TEXT NOT NULL DEFAULT 'production',
    "team" TEXT,
    "cost_centre" TEXT,
    "owner_id" TEXT,
    "fallback_message" TEXT,
    "fallback_url" TEXT,
    "stop_by_hand" TEXT,
    "adopted_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "workload_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "feature" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "workload_id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "feature_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "price" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "nano_per_million" BIGINT NOT NULL,
    "effective_from" TIMESTAMPTZ(6) NOT NULL,
    "effective_to" TIMESTAMPTZ(6),
    "source" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "price_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "budget" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'scoped',
    "workload" TEXT,
    "feature" TEXT,
    "team" TEXT,
    "cost_centre" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "traffic_stage" TEXT,
    "customer" TEXT,
    "tags" JSONB NOT NULL DEFAULT '{}',
    "period_kind" TEXT,
    "fixed_starts_at" TIMESTAMPTZ(6),
    "fixed_ends_at" TIMESTAMPTZ(6),
    "amount" DECIMAL(20,6) NOT NULL,
    "next_amount" DECIMAL(20,6),
    "currency" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "owner_id" TEXT,
    "leases" BOOLEAN NOT NULL DEFAULT false,
    "on_unpriced" TEXT NOT NULL DEFAULT 'refuse',
    "key_hold_ppm" INTEGER NOT NULL DEFAULT 100000,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "threshold" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "budget_id" TEXT NOT NULL,
    "at_ppm" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "burn" BOOLEAN NOT NULL DEFAULT false,
    "within_days" INTEGER,
    "must_answer" BOOLEAN NOT NULL DEFAULT false,
    "actions" JSONB NOT NULL DEFAULT '[]',
    "tell" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "threshold_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "budget_period" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "budget_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(6) NOT NULL,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "hard_stop_nano" BIGINT NOT NULL,
    "granted_nano" BIGINT NOT NULL DEFAULT 0,
    "rate_nano" BIGINT NOT NULL,
    "enforcing" BOOLEAN NOT NULL,
    "actual_nano" BIGINT NOT NULL DEFAULT 0,
    "presumed_nano" BIGINT NOT NULL DEFAULT 0,
    "unpriced_upper_nano" BIGINT NOT NULL DEFAULT 0,
    "held_nano" BIGINT NOT NULL DEFAULT 0,
    "observed_charged_nano" BIGINT NOT NULL DEFAULT 0,
    "observed_held_nano" BIGINT NOT NULL DEFAULT 0,
    "excess_nano" BIGINT NOT NULL DEFAULT 0,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "unpriced_calls" BIGINT NOT NULL DEFAULT 0,
    "stop_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "budget_period_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "limit_change" (
    "org_id" TEXT NOT NULL,
    "period_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "hard_stop_nano" BIGINT NOT NULL,
    "granted_nano" BIGINT NOT NULL,

    CONSTRAINT "limit_change_pkey" PRIMARY KEY ("org_id","period_id","at")
);

-- CreateTable
CREATE TABLE "excess" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "period_id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "excess_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "stop" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "budget_id" TEXT NOT NULL,
    "period_id" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "cause" TEXT NOT NULL,
    "observed" BOOLEAN NOT NULL,
    "figures" JSONB NOT NULL,
    "reason" TEXT,
    "raised_by" TEXT NOT NULL,
    "lifted_at" TIMESTAMPTZ(6),
    "lifted_by" TEXT,
    "lifted_why" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "stop_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "hold" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "workload" TEXT NOT NULL,
    "feature" TEXT NOT NULL DEFAULT '',
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "model_called" TEXT NOT NULL,
    "traffic_stage" TEXT NOT NULL DEFAULT '',
    "customer" TEXT NOT NULL DEFAULT '',
    "tags" JSONB NOT NULL DEFAULT '{}',
    "team" TEXT NOT NULL DEFAULT '',
    "cost_centre" TEXT NOT NULL DEFAULT '',
    "unassigned" BOOLEAN NOT NULL DEFAULT false,
    "max_units" JSONB NOT NULL,
    "prices_id" TEXT NOT NULL,
    "held_nano" BIGINT NOT NULL,
    "period_ids" TEXT[],
    "observed_ids" TEXT[],
    "observed" JSONB,
    "authorised_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "settled_nano" BIGINT,
    "settled_of_nano" BIGINT,
    "settled_hash" BYTEA,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id","org_id")
);

-- CreateTable
CREATE TABLE "held_prices" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "prices" JSONB NOT NULL,

    CONSTRAINT "held_prices_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "org_id" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "event_id" TEXT,
    "hold_id" TEXT,
    "corrects" BIGINT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "booked_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "workload" TEXT NOT NULL,
    "feature" TEXT NOT NULL DEFAULT '',
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "model_called" TEXT NOT NULL,
    "asked_provider" TEXT,
    "asked_model" TEXT,
    "traffic_stage" TEXT NOT NULL DEFAULT '',
    "customer" TEXT NOT NULL DEFAULT '',
    "tags" JSONB NOT NULL DEFAULT '{}',
    "team" TEXT NOT NULL DEFAULT '',
    "cost_centre" TEXT NOT NULL DEFAULT '',
    "unassigned" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL,
    "response_id" TEXT,
    "units" JSONB NOT NULL DEFAULT '{}',
    "calls" INTEGER NOT NULL,
    "basis" TEXT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "stated_nano" BIGINT,
    "price_ref" TEXT,
    "latency_ms" INTEGER,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "api_key_id" TEXT,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "event_key" (
    "org_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "keep_until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "event_key_pkey" PRIMARY KEY ("org_id","event_id")
);

-- CreateTable
CREATE TABLE "response_key" (
    "org_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "response_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "response_key_pkey" PRIMARY KEY ("org_id","provider","response_id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "org_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "response_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "units" JSONB NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "difference_nano" BIGINT NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("org_id","event_id")
);

-- CreateTable
CREATE TABLE "outcome" (
    "org_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "outcome" TEXT,
    "quality" DOUBLE PRECISION,
    "converted" BOOLEAN,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "outcome_pkey" PRIMARY KEY ("org_id","event_id","at")
);

-- CreateTable
CREATE TABLE "rejected_record" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "source" TEXT NOT NULL,
    "event_id" TEXT,
    "code" TEXT NOT NULL,
    "pointer" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "rejected_record_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "usage_source" (
    "org_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "last_occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "last_received_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted" BIGINT NOT NULL DEFAULT 0,
    "duplicates" BIGINT NOT NULL DEFAULT 0,
    "rejected" BIGINT NOT NULL DEFAULT 0,
    "late" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_source_pkey" PRIMARY KEY ("org_id","source","api_key_id")
);

-- CreateTable
CREATE TABLE "rollup_hour" (
    "org_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "workload" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "traffic_stage" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "amount_nano" BIGINT NOT NULL,

    CONSTRAINT "rollup_hour_pkey" PRIMARY KEY ("org_id","hour","workload","feature","provider","model","traffic_stage","basis")
);

-- CreateTable
CREATE TABLE "rollup_day" (
    "org_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "workload" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "traffic_stage" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "amount_nano" BIGINT NOT NULL,

    CONSTRAINT "rollup_day_pkey" PRIMARY KEY ("org_id","day","workload","feature","provider","model","traffic_stage","basis")
);

-- CreateTable
CREATE TABLE "rollup_unit" (
    "org_id" TEXT NOT NULL,
    "grain" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "workload" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "traffic_stage" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,

    CONSTRAINT "rollup_unit_pkey" PRIMARY KEY ("org_id","grain","at","workload","feature","provider","model","traffic_stage","unit")
);

-- CreateTable
CREATE TABLE "rollup_label" (
    "org_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "label" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "workload" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "amount_nano" BIGINT NOT NULL,

    CONSTRAINT "rollup_label_pkey" PRIMARY KEY ("org_id","day","label","value","workload","model","basis")
);

-- CreateTable
CREATE TABLE "refusal" (
    "org_id" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(6) NOT NULL,
    "budget_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "observed" BOOLEAN NOT NULL,
    "workload" TEXT NOT NULL,
    "customer" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "asked_nano" BIGINT NOT NULL,

    CONSTRAINT "refusal_pkey" PRIMARY KEY ("org_id","minute","budget_id","reason","observed","workload","customer")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "sequence" BIGINT,
    "hash" BYTEA,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "idempotent_answer" (
    "org_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "status" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("org_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "ledger_proof" (
    "org_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "entries" BIGINT NOT NULL,
    "ledger_nano" BIGINT NOT NULL,
    "differences" JSONB NOT NULL,

    CONSTRAINT "ledger_proof_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "member_join_token_hash_key" ON "member"("join_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "member_org_id_person_id_key" ON "member"("org_id", "person_id");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secret_hash_key" ON "api_key"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "workload_org_id_slug_key" ON "workload"("org_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "feature_org_id_workload_id_slug_key" ON "feature"("org_id", "workload_id", "slug");

-- CreateIndex
CREATE INDEX "price_org_id_provider_model_idx" ON "price"("org_id", "provider", "model");

-- CreateIndex
CREATE INDEX "threshold_org_id_budget_id_idx" ON "threshold"("org_id", "budget_id");

-- CreateIndex
CREATE UNIQUE INDEX "budget_period_org_id_budget_id_starts_at_key" ON "budget_period"("org_id", "budget_id", "starts_at");

-- CreateIndex
CREATE INDEX "excess_org_id_period_id_idx" ON "excess"("org_id", "period_id");

-- CreateIndex
CREATE INDEX "stop_org_id_budget_id_raised_at_idx" ON "stop"("org_id", "budget_id", "raised_at");

-- CreateIndex
CREATE INDEX "hold_expires_at_idx" ON "hold" USING BRIN ("expires_at");

-- CreateIndex
CREATE INDEX "ledger_entry_org_id_booked_at_idx" ON "ledger_entry"("org_id", "booked_at");

-- CreateIndex
CREATE INDEX "evidence_org_id_received_at_idx" ON "evidence"("org_id", "received_at");

-- CreateIndex
CREATE INDEX "rejected_record_org_id_received_at_idx" ON "rejected_record"("org_id", "received_at");

-- CreateIndex
CREATE INDEX "refusal_org_id_budget_id_minute_idx" ON "refusal"("org_id", "budget_id", "minute");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_at_idx" ON "audit_entry"("org_id", "at");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_subject_kind_subject_id_idx" ON "audit_entry"("org_id", "subject_kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_org_id_sequence_key" ON "audit_entry"("org_id", "sequence");

-- CreateIndex
CREATE INDEX "ledger_proof_org_id_at_idx" ON "ledger_proof"("org_id", "at");

-- AddForeignKey
ALTER TABLE "currency_rate" ADD CONSTRAINT "currency_rate_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workload" ADD CONSTRAINT "workload_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workload" ADD CONSTRAINT "workload_org_id_owner_id_fkey" FOREIGN KEY ("org_id", "owner_id") REFERENCES "member"("org_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "feature" ADD CONSTRAINT "feature_org_id_workload_id_fkey" FOREIGN KEY ("org_id", "workload_id") REFERENCES "workload"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price" ADD CONSTRAINT "price_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget" ADD CONSTRAINT "budget_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget" ADD CONSTRAINT "budget_org_id_owner_id_fkey" FOREIGN KEY ("org_id", "owner_id") REFERENCES "member"("org_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "threshold" ADD CONSTRAINT "threshold_org_id_budget_id_fkey" FOREIGN KEY ("org_id", "budget_id") REFERENCES "budget"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_period" ADD CONSTRAINT "budget_period_org_id_budget_id_fkey" FOREIGN KEY ("org_id", "budget_id") REFERENCES "budget"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "limit_change" ADD CONSTRAINT "limit_change_org_id_period_id_fkey" FOREIGN KEY ("org_id", "period_id") REFERENCES "budget_period"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "excess" ADD CONSTRAINT "excess_org_id_period_id_fkey" FOREIGN KEY ("org_id", "period_id") REFERENCES "budget_period"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stop" ADD CONSTRAINT "stop_org_id_budget_id_fkey" FOREIGN KEY ("org_id", "budget_id") REFERENCES "budget"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_org_id_api_key_id_fkey" FOREIGN KEY ("org_id", "api_key_id") REFERENCES "api_key"("org_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
