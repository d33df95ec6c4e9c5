import { describe, expect, it } from 'vitest';
import { signInByPassword } from '@/lib/auth/sign-in';
import { reader } from '@/lib/db';
import { days, plus } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { deleteMember, getMembers, patchMe, patchMember, postJoin, postMember } from './doors';
import { joinOrganisation } from './join';

useDatabase();

let people = 0;
const newcomer = () => ({ email: `new${++people}@example.com`, name: 'New', role: 'analyst', duties: ['budget_owner'] });
const tokenOf = (joinUrl: string) => joinUrl.split('/').at(-1) ?? '';

async function invite(org: TestOrg, who = newcomer()) {
  const response = await org.ask(postMember, 'admin', { body: who });
  expect(response.status).toBe(201);
  const member = (await response.json()) as { id: string; joinUrl: string; state: string };
  return { ...member, email: who.email, token: tokenOf(member.joinUrl) };
}

const join = (org: TestOrg, token: string, password = 'a long enough one') =>
  org.ask(postJoin, null, { body: { token, name: 'Newcomer', password } });

describe('an invitation', () => {
  it('is taken up once, and lets the person sign in', async () => {
    const org = await anOrg();
    const { token, email, state } = await invite(org);
    expect(state).toBe('invited');
    expect(await (await join(org, token)).json()).toMatchObject({
      email,
      name: 'Newcomer',
      role: 'analyst',
      duties: ['budget_owner'],
      state: 'active',
    });
    expect(await signInByPassword(email, 'a long enough one', '10.1.0.1')).toMatch(/^ses_/);
    expect((await join(org, token)).status).toBe(404);
  });

  it('lasts seven days, and ends when a new one is made', async () => {
    const org = await anOrg();
    const who = newcomer();
    const first = await invite(org, who);
    const second = await invite(org, who);
    expect(second.id).toBe(first.id);
    expect((await join(org, first.token)).status).toBe(404);
    const late = org.run(
      (ctx) => joinOrganisation(ctx, { token: second.token, name: 'N', password: 'a long enough one' }),
      plus(org.now, days(400)),
    );
    await expect(late).rejects.toThrow('too old');
  });

  it('does not hand over the account that someone has in another organisation', async () => {
    const [here, there] = [await anOrg(), await anOrg()];
    const who = newcomer();
    await join(here, (await invite(here, who)).token, 'the password they know');
    const { token } = await invite(there, who);
    const wrong = await join(there, token, 'what the inviter chose');
    expect([wrong.status, await wrong.json()]).toMatchObject([422, { code: 'join.wrong_password' }]);
    expect((await join(there, token, 'the password they know')).status).toBe(200);
  });

  it('is never shown again, nor kept in a form that opens it', async () => {
    const org = await anOrg();
    const { token } = await invite(org);
    expect(await (await org.ask(getMembers, 'admin')).text()).not.toContain(token);
    const rows = await reader().query('SELECT encode(join_token_hash, $2) AS hash FROM member WHERE org_id = $1', [org.orgId, 'escape']);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('is refused for who is a member already', async () => {
    const org = await anOrg();
    const response = await org.ask(postMember, 'admin', { body: { ...newcomer(), email: org.members.viewer.email } });
    expect([response.status, await response.json()]).toMatchObject([409, { code: 'member.taken' }]);
  });
});

describe('the last admin', () => {
  /** The one who made the organisation goes, so that `admin` is the last. */
  async function withOneAdmin() {
    const org = await anOrg();
    await reader().query(`UPDATE member SET ended_at = created_at WHERE org_id = $1 AND role = 'admin' AND id <> $2`, [
      org.orgId,
      org.members.admin.actor.id,
    ]);
    return org;
  }

  it('can neither leave nor take another role', async () => {
    const org = await withOneAdmin();
    const params = { id: org.members.admin.actor.id };
    const ended = await org.ask(deleteMember, 'admin', { params });
    expect([ended.status, await ended.json()]).toMatchObject([422, { code: 'member.last_admin' }]);
    expect((await org.ask(patchMember, 'admin', { params, body: { role: 'viewer' } })).status).toBe(422);
    expect((await org.ask(patchMember, 'admin', { params, body: { duties: ['budget_owner'] } })).status).toBe(200);
  });

  it('is still there when two admins end each other at once', async () => {
    const org = await withOneAdmin();
    await org.ask(patchMember, 'admin', { params: { id: org.members.operator.actor.id }, body: { role: 'admin' } });
    const [a, b] = [org.members.admin.actor.id, org.members.operator.actor.id];
    await Promise.all([org.ask(deleteMember, 'admin', { params: { id: b } }), org.ask(deleteMember, 'operator', { params: { id: a } })]);
    const left = await reader().query(`SELECT id FROM member WHERE org_id = $1 AND role = 'admin' AND ended_at IS NULL`, [org.orgId]);
    expect(left).toHaveLength(1);
  });
});

describe('members', () => {
  it('are listed newest first, page by page, each once', async () => {
    const org = await anOrg();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const response = await org.ask(getMembers, 'viewer', { query: { limit: '3', ...(cursor && { cursor }) } });
      const page = (await response.json()) as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...page.items.map((each) => each.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(7);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  it('who have left are out at once', async () => {
    const org = await anOrg();
    const response = await org.ask(deleteMember, 'admin', { params: { id: org.members.analyst.actor.id } });
    expect(await response.json()).toMatchObject({ state: 'ended' });
    expect((await org.ask(getMembers, 'analyst')).status).toBe(401);
  });
});

describe('an absence', () => {
  const own = (org: TestOrg, body: object) => org.ask(patchMe, 'viewer', { body });

  it('is said by whoever is away, of themselves and of nothing else', async () => {
    const org = await anOrg();
    const deputyId = org.members.operator.actor.id;
    const awayUntil = '2200-01-01T00:00:00Z';
    const said = await own(org, { deputyId, awayUntil });
    expect(await said.json()).toMatchObject({ id: org.members.viewer.actor.id, deputyId, awayUntil, role: 'viewer' });
    expect((await own(org, { role: 'admin' })).status).toBe(422);
    expect(await (await own(org, { awayUntil: null })).json()).toMatchObject({ deputyId, awayUntil: null });
  });

  it('ends later than now, and nobody stands in for themselves or is a stranger: each said at its field', async () => {
    const org = await anOrg();
    const faultOf = async (body: object) =>
      ((await (await own(org, body)).json()) as { errors: { pointer: string; code: string }[] }).errors[0];
    expect(await faultOf({ awayUntil: '2026-01-01T00:00:00Z' })).toMatchObject({ pointer: '/awayUntil', code: 'member.back_already' });
    expect(await faultOf({ deputyId: org.members.viewer.actor.id })).toMatchObject({ pointer: '/deputyId', code: 'member.own_deputy' });
    const stranger = (await anOrg()).members.admin.actor.id;
    expect(await faultOf({ deputyId: stranger })).toMatchObject({ pointer: '/deputyId', code: 'member.unknown' });
  });
});
