import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { proveLedger } from '@/lib/spend/proof/prove-ledger';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { fillSample } from './fill';
import { makeSample } from './make';
import { removeSample } from './remove';

useDatabase();

const NOW = parseInstant('2026-11-24T13:05:00Z') as Instant;

it('tells a story in which one workload ran away on a Tuesday night and was stopped, and leaves nothing when it is removed', async () => {
  const org = await anOrg();
  const { cast, orgId } = await org.run(makeSample, NOW);
  await fillSample({ ...org.ctx(NOW), orgId: org.orgId }, cast);
  const tx = reader();
  const stops = await tx.query<{ name: string; raised: string; lifted: string | null }>(
    `SELECT b.name, to_char(s.raised_at AT TIME ZONE 'Europe/Berlin', 'Dy YYYY-MM-DD HH24:MI') AS raised, s.lifted_why AS lifted
       FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id WHERE s.org_id = $1 AND NOT s.observed ORDER BY s.raised_at`,
    [orgId],
  );
  expect(stops).toContainEqual({
    name: 'Code review',
    raised: expect.stringMatching(/^Tue 2026-11-17 0[2-3]:/),
    lifted: expect.stringContaining('loop'),
  });
  const [refused] = await tx.query<{ calls: bigint }>(
    `SELECT sum(calls)::int8 AS calls FROM refusal WHERE org_id = $1 AND NOT observed AND reason = 'stopped'`,
    [orgId],
  );
  expect(Number(refused?.calls)).toBeGreaterThan(300);
  const proof = await proveLedger(orgId);
  expect(proof.differences).toEqual([]);
  expect(Number(proof.entries)).toBeGreaterThan(30_000);
  await org.run((ctx) => removeSample(ctx, (ctx.actor as { personId: string }).personId), NOW);
  const left = await transaction((t) =>
    t.query<{ table: string }>(
      `SELECT table_name AS "table" FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id'`,
    ),
  );
  for (const { table } of left) expect(await tx.query(`SELECT 1 FROM ${table} WHERE org_id = $1 LIMIT 1`, [orgId]), table).toEqual([]);
  expect(await tx.query(`SELECT 1 FROM person WHERE email LIKE '%@sample.invalid'`)).toEqual([]);
}, 120_000);
