import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { instant } from '@/lib/kernel/instant';
import { patchMember } from '@/lib/org/member/doors';
import { deleteKey } from '@/lib/setup/doors';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { callerOf } from './caller';
import { assertKeysLive } from './key';
import { makeKeySecret } from './secrets';
import { sealSession, sessionCookieName } from './session';
import { endSession } from './sign-in';

useDatabase();

const asking = (headers: Record<string, string>) => new Request('http://hardstop.test/api/v1/me', { headers });
const callerBy = (headers: Record<string, string>, isHot = false) => callerOf(asking(headers), 'req_test', isHot);
const codeOf = async (headers: Record<string, string>, isHot = false) =>
  callerBy(headers, isHot).then(
    () => 'known',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );

describe('a key', () => {
  it('is known by its secret, in either header', async () => {
    const org = await anOrg();
    const { id, secret } = org.keys.read;
    const known = { orgId: org.orgId, by: 'key', actor: { kind: 'api_key', id, scopes: ['read'] } };
    expect(await callerBy({ authorization: `Bearer ${secret}` })).toMatchObject(known);
    expect(await callerBy({ authorization: `bearer  ${secret}` })).toMatchObject(known);
    expect(await callerBy({ 'x-api-key': secret })).toMatchObject(known);
  });

  it.each([
    ['no credentials', {}, 'credentials.missing'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'credentials.malformed'],
    ['an empty one', { authorization: 'Bearer ' }, 'credentials.malformed'],
    ['one of somebody else', { authorization: 'Bearer sk-proj-123' }, 'credentials.invalid'],
    ['one never made', { authorization: `Bearer ${makeKeySecret()}` }, 'credentials.invalid'],
  ])('%s is not taken', async (_, headers, code) => {
    expect(await codeOf(headers as Record<string, string>)).toBe(code);
    expect(await codeOf(headers as Record<string, string>, true)).toBe(code);
  });

  it('that is wrong is refused also beside a good cookie', async () => {
    const org = await anOrg();
    expect(await codeOf({ cookie: org.sessionCookie('admin'), authorization: `Bearer ${makeKeySecret()}` })).toBe('credentials.invalid');
  });

  it('that has expired is refused', async () => {
    const org = await anOrg();
    await reader().query(`UPDATE api_key SET expires_at = '2026-01-06T00:00:00Z' WHERE org_id = $1 AND id = $2`, [
      org.orgId,
      org.keys.read.id,
    ]);
    expect(await codeOf({ authorization: `Bearer ${org.keys.read.secret}` })).toBe('key.not_live');
    expect(await codeOf({ authorization: `Bearer ${org.keys.read.secret}` }, true)).toBe('key.not_live');
  });

  it('that was revoked is refused at once, and inside a decision even where the front still knows it', async () => {
    const org = await anOrg();
    const { id, secret } = org.keys.gateway;
    expect(await codeOf({ authorization: `Bearer ${secret}` }, true)).toBe('known');
    await org.ask(deleteKey, 'admin', { params: { id } });
    expect(await codeOf({ authorization: `Bearer ${secret}` })).toBe('key.not_live');
    await expect(org.run((ctx) => assertKeysLive(ctx.tx, org.orgId, [id], ctx.now))).rejects.toThrow('revoked');
    await org.run((ctx) => assertKeysLive(ctx.tx, org.orgId, [org.keys.read.id, org.keys.read.id], instant(ctx.now)));
  });

  it('keeps no secret in the database', async () => {
    const org = await anOrg();
    const rows = await reader().query('SELECT * FROM api_key WHERE org_id = $1', [org.orgId]);
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(org.keys.admin.secret);
  });
});

describe('a session', () => {
  const sessionOf = async (personId: string) =>
    (await reader().query<{ id: string }>('SELECT id FROM session WHERE person_id = $1', [personId]))[0]?.id ?? '';

  it('is known by its cookie among others', async () => {
    const org = await anOrg();
    const cookie = `theme=dark; ${org.sessionCookie('operator')}; other=1`;
    expect(await callerBy({ cookie })).toMatchObject({ orgId: org.orgId, by: 'cookie', actor: { kind: 'member', role: 'operator' } });
  });

  it('that was ended opens nothing any more', async () => {
    const org = await anOrg();
    await endSession(await sessionOf(org.members.viewer.actor.personId));
    expect(await codeOf({ cookie: org.sessionCookie('viewer') })).toBe('credentials.missing');
  });

  it('that has expired, or was never made, or was sealed by another opens nothing', async () => {
    const org = await anOrg();
    await reader().query(`UPDATE session SET expires_at = '2026-01-06T00:00:00Z' WHERE person_id = $1`, [
      org.members.viewer.actor.personId,
    ]);
    expect(await codeOf({ cookie: org.sessionCookie('viewer') })).toBe('credentials.missing');
    expect(await codeOf({ cookie: `${sessionCookieName()}=${await sealSession('ses_unknown')}` })).toBe('credentials.missing');
    expect(await codeOf({ cookie: `${sessionCookieName()}=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x.y.z` })).toBe('credentials.missing');
  });

  it("sees a changed role in the person's next request", async () => {
    const org = await anOrg();
    const cookie = org.sessionCookie('operator');
    await org.ask(patchMember, 'admin', { params: { id: org.members.operator.actor.id }, body: { role: 'viewer' } });
    expect(await callerBy({ cookie })).toMatchObject({ actor: { role: 'viewer' } });
  });

  it('ends with the membership', async () => {
    const org = await anOrg();
    await reader().query('UPDATE member SET ended_at = created_at WHERE id = $1', [org.members.analyst.actor.id]);
    expect(await codeOf({ cookie: org.sessionCookie('analyst') })).toBe('credentials.missing');
  });
});
