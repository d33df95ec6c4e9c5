import { expect, it } from 'vitest';
import { readBreach } from '@/lib/breach/read/breaches';
import { burnUpOf } from '@/lib/budget/burn-up/read';
import { reader, transaction } from '@/lib/db';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { listPlans } from '@/lib/recovery/read/plans';
import { proveLedger } from '@/lib/spend/proof/prove-ledger';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { fillSample } from './fill';
import { makeSample } from './make';
import { removeSample } from './remove';

useDatabase();

const NOW = parseInstant('2026-11-24T13:05:00Z') as Instant;

it('tells a story in which one workload ran away on a Tuesday night, was stopped and comes back by its plan, and leaves nothing when it is removed', async () => {
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
    lifted: expect.stringContaining('own comments'),
  });
  const [refused] = await tx.query<{ calls: bigint }>(
    `SELECT sum(calls)::int8 AS calls FROM refusal WHERE org_id = $1 AND NOT observed AND reason = 'stopped'`,
    [orgId],
  );
  expect(Number(refused?.calls)).toBeGreaterThan(300);
  const ctx = { ...cast.people.owner, now: NOW, tx };
  const [plan, ...others] = (await listPlans(ctx, { limit: 10, state: 'all' })).items;
  if (!plan) throw new Error('no plan opened with the runaway');
  expect(others).toEqual([]);
  const breach = await readBreach(ctx, plan.breachId);
  expect(breach).toMatchObject({ phase: 'recovering', answeredByName: 'Priya Raman', isStopped: false });
  // Told, told again a quarter of an hour later, then answered; contained before it was stopped, and everything at its own time.
  const [opened] = breach.timeline;
  expect(opened?.text).toBe('80\u00a0% of the amount was reached.');
  expect(
    breach.timeline.map((each) => each.kind).filter((kind) => ['told', 'acknowledged', 'stop_raised', 'stop_lifted'].includes(kind)),
  ).toEqual(['told', 'told', 'acknowledged', 'stop_raised', 'stop_lifted']);
  expect(
    breach.timeline
      .filter((each) => each.kind === 'action_started')
      .map((each) => each.text)
      .sort(),
  ).toEqual(['Cheaper model switched on.', 'Rate limit switched on.']);
  expect(breach.timeline.every((each) => each.at < '2026-11-17T09:00:00Z')).toBe(true);
  // The money question is answered, the steps were opened by their gates, and a person said yes to the first and to the last.
  expect(plan).toMatchObject({ room: 'raise', roomBy: 'Jonas Lindqvist', causeBy: 'Priya Raman', stagePercent: 100 });
  expect(plan.history.filter((each) => each.kind === 'resume').map(({ percent, byRule }) => [percent, byRule])).toEqual([
    ...[
      [1, false],
      [5, true],
      [25, true],
    ],
    ...[
      [50, true],
      [100, false],
    ],
  ]);
  expect(plan.days.map((each) => each.date)).toEqual(['18', '19', '20', '21', '22', '23'].map((day) => `2026-11-${day}`));
  for (const day of plan.days) {
    expect(BigInt(day.actualNanoUsd), day.date).toBeGreaterThan(0n);
    expect(BigInt(day.facts.chargedNanoUsd), day.date).toBeLessThanOrEqual(BigInt(day.targetNanoUsd));
  }
  // Yesterday is left for whoever opens the sample.
  expect(plan.unsigned).toEqual(['2026-11-23']);
  expect(await tx.query(`SELECT via FROM notice WHERE org_id = $1 AND via <> 'app'`, [orgId])).toEqual([]);
  const saved = await tx.query<{ kind: string }>(
    `SELECT DISTINCT a.kind FROM containment_effect e JOIN containment_action a ON a.org_id = e.org_id AND a.id = e.action_id WHERE e.org_id = $1`,
    [orgId],
  );
  expect(saved.map((each) => each.kind).sort()).toEqual(['rate_limit', 'route']);
  // The picture's branch rests on what was measured, to the nano-dollar.
  const [measured] = await tx.query<{ saved: bigint }>('SELECT sum(saved_nano)::int8 AS saved FROM containment_effect WHERE org_id = $1', [
    orgId,
  ]);
  expect(measured?.saved).toBeGreaterThan(0n);
  const { withoutActions, forecast } = await burnUpOf(ctx, plan.budgetId);
  expect(withoutActions?.savedNanoUsd).toBe(String(measured?.saved));
  expect(BigInt(withoutActions?.points.at(-1)?.nanoUsd ?? 0)).toBeGreaterThan(BigInt(forecast?.points.at(-1)?.medianNanoUsd ?? 0));
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
}, 300_000);
