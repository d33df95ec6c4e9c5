import { reader } from '@/lib/db';

/**
 * Writes down, inside the transaction that does it, every change of a period that ends further above its limit than an excess of
 * the same change explains, and every one that sets more aside and ends above it at all. Knows nothing of the product's rules but
 * the names of the columns.
 */
const GUARD = `
CREATE TABLE proof_fault (org_id text, period_id text, what text);
CREATE FUNCTION proof_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was bigint := OLD.actual_nano + OLD.presumed_nano + OLD.unpriced_upper_nano + OLD.held_nano - OLD.hard_stop_nano - OLD.granted_nano;
  now bigint := NEW.actual_nano + NEW.presumed_nano + NEW.unpriced_upper_nano + NEW.held_nano - NEW.hard_stop_nano - NEW.granted_nano;
BEGIN
  IF NEW.enforcing AND greatest(0, now) > greatest(0, was) + NEW.excess_nano - OLD.excess_nano THEN
    INSERT INTO proof_fault VALUES (NEW.org_id, NEW.id, format('ends %s further above its limit, and %s of it explained', now - was, NEW.excess_nano - OLD.excess_nano));
  END IF;
  IF NEW.enforcing AND NEW.held_nano > OLD.held_nano AND now > 0 THEN
    INSERT INTO proof_fault VALUES (NEW.org_id, NEW.id, format('sets %s more aside and ends %s above its limit', NEW.held_nano - OLD.held_nano, now));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER proof_guard AFTER UPDATE ON budget_period FOR EACH ROW EXECUTE FUNCTION proof_guard()`;

/** Sets the guard on a database that is to be attacked. */
export const setGuard = (): Promise<unknown> => reader().query(GUARD);

/** What it has seen. @returns sentences, one a fault */
export async function guardsFaults(): Promise<string[]> {
  const rows = await reader().query<{ period_id: string; what: string }>('SELECT period_id, what FROM proof_fault LIMIT 20');
  return rows.map(({ period_id, what }) => `a change of ${period_id} ${what}`);
}
