-- What every decision writes costs less: a hold's key is looked up once a statement, and not once a row.

-- A hold's key exists: the same promise as the foreign key's, kept for all rows of a statement at once.
ALTER TABLE hold DROP CONSTRAINT hold_org_id_api_key_id_fkey;

CREATE FUNCTION require_key_of_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT org_id, api_key_id FROM fresh) AS f
     WHERE NOT EXISTS (SELECT FROM api_key k WHERE k.org_id = f.org_id AND k.id = f.api_key_id)) THEN
    RAISE EXCEPTION 'a hold names a key that does not exist' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hold_has_key AFTER INSERT ON hold REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION require_key_of_holds();

-- Whose hold it is never changes, nor what a key is called; and a key stays while holds name it.
CREATE FUNCTION refuse_other_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'holds and their keys keep to each other' USING ERRCODE = 'foreign_key_violation';
END $$;
CREATE TRIGGER hold_keeps_key BEFORE UPDATE OF org_id, api_key_id ON hold FOR EACH ROW
  WHEN ((OLD.org_id, OLD.api_key_id) IS DISTINCT FROM (NEW.org_id, NEW.api_key_id)) EXECUTE FUNCTION refuse_other_key();
CREATE TRIGGER api_key_keeps_id BEFORE UPDATE OF org_id, id ON api_key FOR EACH ROW
  WHEN ((OLD.org_id, OLD.id) IS DISTINCT FROM (NEW.org_id, NEW.id)) EXECUTE FUNCTION refuse_other_key();

CREATE FUNCTION require_no_holds_of_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM gone g JOIN hold h ON h.org_id = g.org_id AND h.api_key_id = g.id) THEN
    RAISE EXCEPTION 'a key that holds name cannot go: revoke it' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER api_key_stays AFTER DELETE ON api_key REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION require_no_holds_of_key();
