import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { changeMember } from '@/lib/org/member/change';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ANSWERED, acknowledged, at, breachOf, noticesOf, openBreaches, stationsOf } from '@/lib/testing/breaches';
import { DOLLAR, made, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { climbDue } from './climb';
import { closeBreach, reopenBreach, setPhase } from './phase';
import { recipientsOf, wordOf } from './targets';

useDatabase();

const stopped = async () => {
  const org = await anOrg();
  const budget = await made(org, { thresholds: ANSWERED, ownerId: org.members.budget_owner.actor.id });
  await spend(org, 10n * DOLLAR);
  const [breach] = await openBreaches(org);
  if (!breach) throw new Error('no breach');
  return { org, budget, breach };
};

it('a stop that someone must answer for opens one breach, with what was reached on the way', async () => {
  const { org, budget, breach } = await stopped();
  expect(await openBreaches(org)).toHaveLength(1);
  expect(breach).toMatchObject({
    ...{ budgetId: budget.id, cause: 'charged', phase: 'contained', isStopped: true, answeredBy: null, mayAnswer: true },
    ...{ figuresThen: { chargedNanoUsd: '10000000000', limitNanoUsd: '9500000000' }, title: 'Support stopped 13:00' },
    climb: { climb: 1, round: 1, rounds: 2, step: 1, steps: 2, isAtAdmins: false, nextAt: '2026-11-24T12:15:00Z' },
  });
  expect(breach.climb.told.map((each) => each.name).sort()).toEqual(['The budget owner', 'The escalation owner', 'The first admin']);
  const told = (await noticesOf(org, 'breach.opened')).map((each) => each.member);
  expect(told).toContain(org.members.budget_owner.actor.id);
  expect(told).toHaveLength(3);
});

it('acknowledge first wins', async () => {
  const { org, breach } = await stopped();
  const people = ['escalation_owner', 'budget_owner', 'operator', 'admin'] as const;
  const answers = await Promise.all(people.map((who) => acknowledged(org, breach.id, who)));
  const [winner] = new Set(answers.map((each) => each.answeredBy));
  expect(new Set(answers.map((each) => each.answeredBy)).size).toBe(1);
  const later = await acknowledged(org, breach.id, 'operator', at(NOON, 5), 'Mine!');
  expect(later).toMatchObject({ answeredBy: winner, answeredAt: answers[0]?.answeredAt, answerNote: null });
  expect((await breachOf(org, breach.id)).timeline.filter((each) => each.kind === 'acknowledged')).toHaveLength(1);
});

it('a person who was not told, has no duty and no rank may not answer', async () => {
  const { org, breach } = await stopped();
  await expect(acknowledged(org, breach.id, 'viewer')).rejects.toMatchObject({ code: 'breach.not_yours' });
});

it('an acknowledgement cancels what has not left', async () => {
  const { org, breach } = await stopped();
  const member = org.members.escalation_owner.actor.id;
  await reader().query(
    `INSERT INTO notice (org_id, id, key, kind, via, member_id, breach_id, title, body, link, state, due_at, next_attempt_at, created_at)
     SELECT $1, 'ntc_' || kind, kind, kind, 'email', $2, $3, 't', 'b', '/', 'waiting', $4, $4, $4 FROM unnest(ARRAY['breach.opened', 'breach.climbed']) AS kind`,
    [org.orgId, member, breach.id, '2026-11-24T12:00:00Z'],
  );
  await acknowledged(org, breach.id);
  const waiting = (await noticesOf(org)).filter((each) => each.via === 'email' && each.state === 'waiting');
  expect(waiting.filter((each) => each.kind !== 'breach.acknowledged')).toEqual([]);
  expect(await climbDue(at(NOON, 10_000))).toBeLessThan(50);
  expect(await stationsOf(breach.id)).toEqual(['1.1.1']);
});

it('an answer that expires before it is contained climbs again; one that is contained is reminded of once', async () => {
  const org = await anOrg();
  await made(org, { thresholds: ANSWERED });
  await spend(org, 8n * DOLLAR);
  const [breach] = await openBreaches(org);
  const id = breach?.id ?? '';
  expect(breach).toMatchObject({ phase: 'open', cause: 'level', level: 0.8 });
  await acknowledged(org, id);
  await climbDue(at(NOON, 59));
  expect(await stationsOf(id)).toEqual(['1.1.1']);
  await climbDue(at(NOON, 60));
  expect(await stationsOf(id)).toEqual(['1.1.1', '2.1.1']);
  expect(await breachOf(org, id)).toMatchObject({ answeredBy: null });
  await acknowledged(org, id, 'operator', at(NOON, 61));
  await org.run((ctx) => setPhase(ctx, id, 'contained', 'A cheaper model is in force.'), at(NOON, 62));
  for (const minutes of [121, 182, 243]) await climbDue(at(NOON, minutes));
  expect(await stationsOf(id)).toEqual(['1.1.1', '2.1.1']);
  expect(await noticesOf(org, 'breach.reminder')).toHaveLength(1);
});

it('told of the breach, told of its end', async () => {
  const { org, breach } = await stopped();
  for (const minutes of [15, 30, 45, 60]) await climbDue(at(NOON, minutes));
  const told = new Set(
    (await noticesOf(org)).filter((each) => each.kind === 'breach.opened' || each.kind === 'breach.climbed').map((each) => each.member),
  );
  expect(told.size).toBeGreaterThan(2);
  await org.run((ctx) => closeBreach(ctx, breach.id, 'A loop was mended.'), at(NOON, 90));
  expect(new Set((await noticesOf(org, 'breach.closed')).map((each) => each.member))).toEqual(told);
});

it('a closed breach is quiet', async () => {
  const { org, breach } = await stopped();
  await org.run((ctx) => closeBreach(ctx, breach.id, 'Done.'), at(NOON, 1));
  const before = await noticesOf(org);
  for (const minutes of [15, 60, 600, 60_000]) await climbDue(at(NOON, minutes));
  await expect(acknowledged(org, breach.id)).rejects.toMatchObject({ code: 'breach.closed' });
  expect(await noticesOf(org)).toEqual(before);
  await expect(reader().query('UPDATE breach SET next_climb_at = opened_at WHERE id = $1', [breach.id])).rejects.toMatchObject({
    code: '23514',
  });
  await org.run((ctx) => reopenBreach(ctx, breach.id, 'It is back.'), at(NOON, 70_000));
  expect(await stationsOf(breach.id)).toEqual(['1.1.1', '2.1.1']);
});

it('whoever is away is stood in for by their deputy, and nobody is told by nobody', async () => {
  const org = await anOrg();
  const [owner, deputy] = [org.members.budget_owner.actor.id, org.members.operator.actor.id];
  const until = at(NOON, 60);
  await org.run((ctx) => changeMember(ctx, owner, { deputyId: deputy, awayUntil: until }, null));
  const told = async (now = NOON) => (await org.run((ctx) => recipientsOf(ctx, ['budget_owner'], owner), now)).map(wordOf);
  expect(await told()).toEqual([`member:${deputy}`]);
  expect(await told(at(NOON, 61))).toEqual([`member:${owner}`]);
  // Away in a circle: whoever was asked for is told after all.
  await org.run((ctx) => changeMember(ctx, deputy, { deputyId: owner, awayUntil: until }, null));
  expect(await told()).toEqual([`member:${owner}`]);
  const nobody = await org.run((ctx) => recipientsOf(ctx, ['budget_owner', 'channel:chn_gone', 'member:mem_gone'], null), NOON);
  expect(nobody.map(wordOf)).toContain(`member:${org.members.admin.actor.id}`);
  await expect(org.run((ctx) => changeMember(ctx, owner, { deputyId: owner }, null))).rejects.toMatchObject({ code: 'member.own_deputy' });
});
