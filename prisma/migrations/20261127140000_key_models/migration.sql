-- The models that a key may call, each `{provider, model}`; null: all. An empty list would allow none, so there is none.
ALTER TABLE "api_key" ADD COLUMN "pin_models" JSONB;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_pin_models" CHECK ("pin_models" IS NULL OR jsonb_array_length("pin_models") > 0);
