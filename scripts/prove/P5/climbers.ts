import { FIRST, type Policy, type Station, stationAfter } from '@/lib/breach/policy/rules';
import { makePolicy } from '@/lib/breach/policy/write';
import type { Context } from '@/lib/context';
import { reader, transaction } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import { addBudgets, bareOrg } from '@/lib/testing/bare-org';
import { bookUsage } from '@/lib/testing/book-usage';

/** Three steps of 5, 10 and 15 minutes, three times, then the admins every hour. */
const POLICY: Policy = {
  name: 'Quick',
  steps: [5, 10, 15].map((minutesToAcknowledge) => ({ targets: ['escalation_owner'], minutesToAcknowledge })),
  repeats: 2,
  acknowledgeExpiresMinutes: null,
};

/** Makes an organisation with breaches that nobody answers. @returns its id */
export async function climbers(count: number, now: Instant): Promise<string> {
  const org = await bareOrg([], now);
  const inTransaction = <Result>(work: (ctx: Context) => Promise<Result>) =>
    transaction((tx) => work({ actor: { kind: 'system', id: 'prove', name: 'Proof' }, orgId: org.orgId, requestId: 'prove', now, tx }));
  await inTransaction(async (ctx) => {
    const [id, personId, at] = [makeId('mem', now), makeId('per', now), toIso(now)];
    await ctx.tx.query('INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)', [
      personId,
      `${id}@prove.test`,
      'On call',
      at,
    ]);
    await ctx.tx.query(
      `INSERT INTO member (org_id, id, person_id, role, duties, joined_at, created_at) VALUES ($1, $2, $3, 'admin', '{escalation_owner}', $4, $4)`,
      [org.orgId, id, personId, at],
    );
    await makePolicy(ctx, { ...POLICY, isDefault: true });
  });
  const names = Array.from({ length: count }, (_, i) => `w-${i + 1}`);
  await addBudgets(
    org,
    names.map((workload) => ({ name: workload, amount: '1', workload })),
  );
  await reader().query('UPDATE threshold SET must_answer = true WHERE org_id = $1', [org.orgId]);
  for (const workload of names) await inTransaction((ctx) => bookUsage(ctx, [{ nano: 1_000_000_000n, workload }]));
  return org.orgId;
}

type Told = { breachId: string; at: Instant; place: Station & { climb: number }; nextClimbAt: string };

/** What is wrong with the climbs of an organisation: steps left out, doubled, too early, or told without a notice. */
export async function faultsOf(
  orgId: string,
): Promise<{ steps: number; skipped: number; doubled: number; early: number; faults: string[] }> {
  const rows = await reader().query<Told>(
    `SELECT breach_id AS "breachId", at, detail AS place, detail ->> 'nextClimbAt' AS "nextClimbAt" FROM breach_event
      WHERE org_id = $1 AND kind = 'told' ORDER BY n`,
    [orgId],
  );
  const keys = new Set((await reader().query<{ key: string }>('SELECT key FROM notice WHERE org_id = $1', [orgId])).map((row) => row.key));
  const found = { steps: rows.length, skipped: 0, doubled: 0, early: 0, faults: [] as string[] };
  for (const [breachId, told] of Map.groupBy(rows, (row) => row.breachId)) {
    let wanted: Station = FIRST;
    let due: Instant | null = null;
    const seen = new Set<string>();
    for (const { at, place, nextClimbAt } of told) {
      const word = `${place.climb}.${place.round}.${place.step}`;
      if (seen.has(word)) found.doubled++;
      else if (place.round !== wanted.round || place.step !== wanted.step) found.skipped++;
      if (due !== null && at < due) found.early++;
      if (![...keys].some((key) => key.startsWith(`${breachId}/${word}/`))) found.faults.push(`${breachId}: ${word} was told to nobody`);
      seen.add(word);
      wanted = stationAfter(POLICY, { round: place.round, step: place.step });
      due = parseInstant(nextClimbAt);
    }
  }
  for (const what of ['skipped', 'doubled', 'early'] as const) if (found[what] > 0) found.faults.push(`${found[what]} steps ${what}`);
  return found;
}
