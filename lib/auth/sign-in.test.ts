import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { parseInstant } from '@/lib/kernel/instant';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { hashPassword } from './password';
import { signInByPassword } from './sign-in';
import { Throttle } from './throttle';

useDatabase();

const PASSWORD = 'correct horse battery';

async function someone() {
  const org = await anOrg();
  const { email, actor } = org.members.viewer;
  await reader().query('UPDATE person SET password_hash = $2 WHERE id = $1', [actor.personId, await hashPassword(PASSWORD)]);
  return { org, email, actor };
}

describe('signing in', () => {
  it('begins a session for the right password, however the address is written', async () => {
    const { email, actor, org } = await someone();
    const id = await signInByPassword(` ${email.toUpperCase()} `, PASSWORD, '10.0.0.1');
    const [session] = await reader().query('SELECT person_id, org_id FROM session WHERE id = $1', [id]);
    expect(session).toEqual({ person_id: actor.personId, org_id: org.orgId });
    const started = await reader().query(`SELECT actor_id FROM audit_entry WHERE org_id = $1 AND action = 'session.started'`, [org.orgId]);
    expect(started).toEqual([{ actor_id: actor.id }]);
  });

  it('says the same of a wrong password, an unknown address and one without a password', async () => {
    const { email, org } = await someone();
    expect(await signInByPassword(email, 'something else', '10.0.0.2')).toBeNull();
    expect(await signInByPassword('nobody@example.com', PASSWORD, '10.0.0.2')).toBeNull();
    expect(await signInByPassword(org.members.operator.email, PASSWORD, '10.0.0.2')).toBeNull();
  });

  it('is closed to someone who is a member nowhere any more', async () => {
    const { email, actor } = await someone();
    await reader().query('UPDATE member SET ended_at = created_at WHERE id = $1', [actor.id]);
    expect(await signInByPassword(email, PASSWORD, '10.0.0.3')).toBeNull();
  });

  it('is slowed down after five wrong attempts from one address, and only from there', async () => {
    const { email } = await someone();
    const attempts = Array.from({ length: 8 }, () =>
      signInByPassword(email, 'wrong', '10.0.0.4').catch((error: { code: string }) => error.code),
    );
    expect((await Promise.all(attempts)).filter((each) => each === 'sign_in.too_many')).toHaveLength(3);
    await expect(signInByPassword(email, PASSWORD, '10.0.0.4')).rejects.toThrow('Too many attempts');
    expect(await signInByPassword(email, PASSWORD, '10.0.0.5')).toMatch(/^ses_/);
  });
});

describe('the count of attempts', () => {
  const at = (minute: number) => parseInstant(`2026-11-24T10:${String(minute).padStart(2, '0')}:00Z`)!;

  it('begins anew after a quarter of an hour', () => {
    const throttle = new Throttle();
    for (let n = 0; n < 5; n++) throttle.note('a@b.c', '10.0.0.1', at(0));
    expect(() => throttle.require('a@b.c', '10.0.0.1', at(14))).toThrow('Too many');
    throttle.require('a@b.c', '10.0.0.1', at(16));
  });

  it('also counts one address that tries many people', () => {
    const throttle = new Throttle();
    for (let n = 0; n < 50; n++) throttle.note(`p${n}@b.c`, '10.0.0.1', at(0));
    expect(() => throttle.require('new@b.c', '10.0.0.1', at(1))).toThrow('Too many');
    throttle.require('new@b.c', '10.0.0.2', at(1));
  });
});
