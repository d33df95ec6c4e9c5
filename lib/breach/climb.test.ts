import { expect, it } from 'vitest';
import { reader, transaction } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ANSWERED, acknowledged, at, noticesOf, openBreaches, stationsOf } from '@/lib/testing/breaches';
import { DOLLAR, made, spend } from '@/lib/testing/budgets';
import { cutAt } from '@/lib/testing/cut';
import { useDatabase } from '@/scripts/testing/database';
import { climbDue, climbNext } from './climb';
import { policyIn } from './policy/schema';
import { makePolicy } from './policy/write';

useDatabase();

/** An organisation whose budget has stopped: two steps of 10 and 20 minutes, gone through twice. */
async function climbing(): Promise<{ org: TestOrg; id: string }> {
  const org = await anOrg();
  const steps = [
    { targets: ['escalation_owner'], minutesToAcknowledge: 10 },
    { targets: ['budget_owner', 'admins'], minutesToAcknowledge: 20 },
  ];
  await org.run((ctx) => makePolicy(ctx, policyIn.parse({ name: 'Ours', steps, repeats: 1, isDefault: true })));
  await made(org, { thresholds: ANSWERED, ownerId: org.members.budget_owner.actor.id });
  await spend(org, 10n * DOLLAR);
  const [breach] = await openBreaches(org);
  return { org, id: breach?.id ?? '' };
}

it('steps climb once: on time, round after round, to the admins, until somebody answers', async () => {
  const { org, id } = await climbing();
  const due: [number, string][] = [
    [10, '1.1.2'],
    [30, '1.2.1'],
    [40, '1.2.2'],
    [60, '1.2.3'],
    [120, '1.3.3'],
    [180, '1.4.3'],
  ];
  const told = ['1.1.1'];
  for (const [minutes, place] of due) {
    await climbDue((at(NOON, minutes) - 1) as Instant);
    expect(await stationsOf(id)).toEqual(told);
    await climbDue(at(NOON, minutes));
    told.push(place);
    expect(await stationsOf(id)).toEqual(told);
  }
  await acknowledged(org, id, 'operator', at(NOON, 200));
  await climbDue(at(NOON, 10_000));
  expect(await stationsOf(id)).toEqual(told);
});

it('leaves a sample alone until its story is told, but for the clock of its own days', async () => {
  const { org, id } = await climbing();
  const told = (at: string | null) =>
    reader().query('UPDATE organisation SET sample_since = $2, sample_told_at = $3 WHERE id = $1', [org.orgId, '2026-11-24T00:00:00Z', at]);
  await told(null);
  await climbDue(at(NOON, 10_000));
  expect(await stationsOf(id)).toEqual(['1.1.1']);
  await climbDue(at(NOON, 10), org.orgId);
  expect(await stationsOf(id)).toEqual(['1.1.1', '1.1.2']);
  await told('2026-11-24T00:00:00Z');
  await climbDue(at(NOON, 30));
  expect(await stationsOf(id)).toEqual(['1.1.1', '1.1.2', '1.2.1']);
});

it('steps climb once: many workers at once, clocks that jump ahead and back, and nothing is told twice or left out', async () => {
  const breaches = await Promise.all(Array.from({ length: 4 }, climbing));
  // Ahead by hours, back by minutes, the same again: each worker has a clock of its own.
  for (const minutes of [10, 10, 9, 500, 20, 500, 519, 521, 40, 600, 1_000, 1_000]) {
    await Promise.all([0, 1, 2].map((skew) => climbDue(at(NOON, minutes + skew / 60))));
  }
  for (const { org, id } of breaches) {
    const told = await stationsOf(id);
    expect(told).toEqual(['1.1.1', '1.1.2', '1.2.1', '1.2.2', '1.2.3', '1.3.3', '1.4.3'].slice(0, told.length));
    expect(told.length).toBeGreaterThan(4);
    const keys = (await noticesOf(org)).map((each) => each.key);
    expect(new Set(keys).size).toBe(keys.length);
    // Every station that was told has its notices.
    for (const place of told)
      expect(
        keys.some((key) => key.startsWith(`${id}/${place}/`)),
        place,
      ).toBe(true);
  }
});

it('steps climb once: a worker that dies at any statement of a step leaves all of it or nothing', async () => {
  const { org, id } = await climbing();
  for (let n = 1; ; n++) {
    const isWhole = await transaction((tx) => climbNext(cutAt(tx, n, n % 2 === 0 ? 'thrown' : 'killed').tx, at(NOON, 10))).catch(
      () => false,
    );
    const [told, notices] = [await stationsOf(id), (await noticesOf(org, 'breach.climbed')).length];
    if (isWhole) {
      expect([told, notices > 0]).toEqual([['1.1.1', '1.1.2'], true]);
      expect(n).toBeGreaterThan(6);
      break;
    }
    expect([told, notices]).toEqual([['1.1.1'], 0]);
  }
  await expect(
    reader().query(
      `INSERT INTO breach_event (org_id, id, breach_id, at, kind, actor_id, actor_name, detail)
       SELECT org_id, 'bev_again', breach_id, at, kind, actor_id, actor_name, detail FROM breach_event WHERE breach_id = $1 AND kind = 'told' LIMIT 1`,
      [id],
    ),
  ).rejects.toMatchObject({ code: '23505' });
});

it('an answer and a climb at the same moment: either the climb was first, or nobody is told after the answer', async () => {
  for (let round = 0; round < 5; round++) {
    const { org, id } = await climbing();
    await Promise.all([climbDue(at(NOON, 10)), acknowledged(org, id, 'operator', at(NOON, 10))]);
    const [row] = await reader().query<{ answered: boolean; next: unknown }>(
      'SELECT answered_at IS NOT NULL AS answered, next_climb_at AS next FROM breach WHERE id = $1',
      [id],
    );
    expect(row).toEqual({ answered: true, next: null });
    await climbDue(at(NOON, 10_000));
    expect((await stationsOf(id)).length).toBeLessThanOrEqual(2);
  }
});
