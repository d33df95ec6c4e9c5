import { reader, transaction } from '@/lib/db';
import { recomputePeriods } from '@/lib/spend/recompute';
import type { Told } from './callers';
import { guardsFaults } from './guard';

/** Figures and rows as of one moment, while the callers go on. */
const differences = (orgId: string) =>
  transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    return recomputePeriods(tx, orgId);
  });

/** What may take a budget above its limit while callers are honest: what nobody asked for. */
const NOT_ASKED = ['unasked', 'repriced', 'limit_lowered', 'grant_ended'];

const SAMPLE = 2_000;

/** The last few thousand of what was told: the earlier ones have been checked before. */
const latest = <Value>(told: Map<string, Value>): [string, Value][] => [...told].slice(-SAMPLE);

/**
 * Recomputes every figure from its rows and holds it against what the callers were told. @returns sentences, one a fault; none is good
 */
export async function check(orgId: string, told: Told): Promise<string[]> {
  const tx = reader();
  const faults = (await differences(orgId)).map(
    (each) => `a figure differs from its rows: ${JSON.stringify(each, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
  );
  faults.push(...(await guardsFaults()));
  const overruns = await tx.query('SELECT period_id, amount_nano FROM excess WHERE org_id = $1 AND cause <> ALL($2)', [orgId, NOT_ASKED]);
  for (const each of overruns)
    faults.push(`an excess that asked calls caused: ${JSON.stringify(each, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`);
  const unstopped = await tx.query(
    `SELECT id FROM budget_period WHERE org_id = $1 AND stop_id IS NULL AND NOT stage
        AND actual_nano + presumed_nano + unpriced_upper_nano >= hard_stop_nano + granted_nano`,
    [orgId],
  );
  for (const each of unstopped) faults.push(`spent to its limit and not stopped: ${JSON.stringify(each)}`);
  const allows = latest(told.allows);
  const holds = await tx.query<{ id: string; held_nano: bigint; settled_nano: bigint | null }>(
    'SELECT id, held_nano, settled_nano FROM hold WHERE org_id = $1 AND id = ANY($2)',
    [orgId, allows.map(([id]) => id)],
  );
  const kept = new Map(holds.map((hold) => [hold.id, hold]));
  for (const [id, held] of allows) if (kept.get(id)?.held_nano !== held) faults.push(`an allow that was answered is not kept: ${id}`);
  for (const [id, settled] of latest(told.settled)) {
    const hold = kept.get(id);
    if (hold && hold.settled_nano !== settled) faults.push(`a settlement that was answered is not kept: ${id}`);
  }
  const reported = latest(told.reported);
  const rows = await tx.query<{ id: string; nano: bigint }>(
    'SELECT event_id AS id, sum(amount_nano)::int8 AS nano FROM ledger_entry WHERE org_id = $1 AND event_id = ANY($2) GROUP BY event_id',
    [orgId, reported.map(([id]) => id)],
  );
  const booked = new Map(rows.map((row) => [row.id, row.nano]));
  for (const [id, nano] of reported)
    if (nano === null ? !booked.has(id) : booked.get(id) !== nano) faults.push(`a record that was accepted is lost or doubled: ${id}`);
  return faults;
}
