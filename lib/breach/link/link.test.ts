import { expect, it } from 'vitest';
import { ACKNOWLEDGE, linkIdOf, signLink } from '@/lib/auth/signed-link';
import { reader } from '@/lib/db';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { ANSWERED, acknowledged, at, breachOf, noticesOf, openBreaches } from '@/lib/testing/breaches';
import { DOLLAR, made, spend } from '@/lib/testing/budgets';
import { fingerprint } from '@/lib/testing/cut';
import { standClock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { climbDue } from '../climb';
import { closeBreach } from '../phase';
import { actByLinkDoor } from './doors';
import { linkPage } from './read';

useDatabase();
const setClock = standClock();

const stopped = async () => {
  setClock(at(NOON, 5));
  const org = await anOrg();
  await made(org, { thresholds: ANSWERED, ownerId: org.members.budget_owner.actor.id });
  await spend(org, 10n * DOLLAR);
  const [breach] = await openBreaches(org);
  return { org, id: breach?.id ?? '' };
};

/** The token of the newest link that a member was sent. */
async function tokenOf(org: TestOrg, who: 'escalation_owner' | 'budget_owner'): Promise<string> {
  const [link] = await reader().query<{ id: string }>(
    'SELECT id FROM acknowledge_link WHERE org_id = $1 AND member_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1',
    [org.orgId, org.members[who].actor.id],
  );
  return signLink(ACKNOWLEDGE, link?.id ?? '');
}

const post = (org: TestOrg, token: string, body: unknown = {}) => org.ask(actByLinkDoor, null, { params: { token }, body });
const form = (org: TestOrg, token: string, body = 'act=acknowledge&note=') =>
  org.ask(actByLinkDoor, null, { params: { token }, body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

it('a link scanner acknowledges nothing', async () => {
  const { org, id } = await stopped();
  const token = await tokenOf(org, 'escalation_owner');
  const before = await fingerprint(org.orgId);
  for (let i = 0; i < 20; i++) expect(await linkPage(token)).toMatchObject({ standing: 'unanswered', breach: { id, answeredBy: null } });
  expect(await fingerprint(org.orgId)).toEqual(before);
  await climbDue(at(NOON, 15));
  expect((await breachOf(org, id)).climb.step).toBe(2);
});

it('a button acknowledges, signed out; pressed again it changes nothing', async () => {
  const { org, id } = await stopped();
  const token = await tokenOf(org, 'escalation_owner');
  const first = await form(org, token, 'act=acknowledge&note=On+it');
  expect([first.status, first.headers.get('location')]).toEqual([303, `/a/${token}`]);
  expect(await breachOf(org, id)).toMatchObject({ answeredBy: org.members.escalation_owner.actor.id, answerNote: 'On it' });
  const before = await fingerprint(org.orgId);
  expect((await form(org, token, 'act=acknowledge&note=Again')).status).toBe(303);
  expect(await (await post(org, token)).json()).toMatchObject({ standing: 'mine', answeredAt: '2026-11-24T12:05:00Z' });
  expect(await fingerprint(org.orgId)).toEqual(before);
});

it('of two at once one wins, and the other sees who and when', async () => {
  const { org, id } = await stopped();
  const tokens = [await tokenOf(org, 'escalation_owner'), await tokenOf(org, 'budget_owner')];
  const answers = await Promise.all(tokens.map(async (token) => (await post(org, token)).json()));
  expect(answers.map((each) => each.standing).sort()).toEqual(['mine', 'theirs']);
  expect(new Set(answers.map((each) => each.answeredByName)).size).toBe(1);
  expect((await breachOf(org, id)).timeline.filter((each) => each.kind === 'acknowledged')).toHaveLength(1);
});

it('a link that was altered, made for something else, or never made, opens nothing', async () => {
  const { org } = await stopped();
  const token = await tokenOf(org, 'escalation_owner');
  const id = linkIdOf(ACKNOWLEDGE, token) ?? '';
  const [, signature = ''] = token.split('.');
  const other = await tokenOf(org, 'budget_owner');
  for (const wrong of [
    id,
    `${id}.`,
    `${id}.AAAA`,
    `${linkIdOf(ACKNOWLEDGE, other)}.${signature}`,
    signLink('join', id),
    `${token}.x`,
    signLink(ACKNOWLEDGE, 'lnk_none'),
  ]) {
    expect(await linkPage(wrong), wrong).toBeNull();
    expect((await post(org, wrong)).status, wrong).toBe(404);
  }
});

it('whoever has it keeps it stopped and asks for a grant, once; nobody else does by a link', async () => {
  const { org, id } = await stopped();
  const token = await tokenOf(org, 'escalation_owner');
  expect((await post(org, token, { act: 'keep_stopped' })).status).toBe(403);
  await post(org, token);
  for (let i = 0; i < 3; i++) for (const act of ['keep_stopped', 'ask_grant']) expect((await post(org, token, { act })).status).toBe(200);
  expect((await breachOf(org, id)).timeline.map((each) => each.kind)).toEqual([
    'opened',
    'told',
    'acknowledged',
    'kept_stopped',
    'grant_asked',
  ]);
  expect((await noticesOf(org, 'grant.asked')).map((each) => each.member)).toEqual([org.members.budget_owner.actor.id]);
  expect((await post(org, await tokenOf(org, 'budget_owner'), { act: 'ask_grant' })).status).toBe(403);
});

it('a link of a closed breach, of a week ago, or of someone who has left acknowledges nothing', async () => {
  const { org, id } = await stopped();
  const [token, other] = [await tokenOf(org, 'escalation_owner'), await tokenOf(org, 'budget_owner')];
  setClock(at(NOON, 8 * 24 * 60));
  expect((await post(org, token)).status).toBe(409);
  setClock(at(NOON, 6));
  await reader().query('UPDATE member SET ended_at = $2 WHERE id = $1', [org.members.budget_owner.actor.id, '2026-11-24T12:00:00Z']);
  expect((await post(org, other)).status).toBe(404);
  await org.run((ctx) => closeBreach(ctx, id, 'Done.'));
  expect(await (await post(org, token)).json()).toMatchObject({ standing: 'closed', answeredBy: null });
});

it('the page says what it is about without a session', async () => {
  const { org } = await stopped();
  const page = await linkPage(await tokenOf(org, 'escalation_owner'));
  expect(page).toMatchObject({
    standing: 'unanswered',
    zone: 'Europe/Berlin',
    contained: [{ kind: 'stopped' }],
    reserveNanoUsd: '500000000',
  });
  await acknowledged(org, page?.breach.id ?? '', 'operator');
  expect(await linkPage(await tokenOf(org, 'escalation_owner'))).toMatchObject({ standing: 'theirs' });
});
