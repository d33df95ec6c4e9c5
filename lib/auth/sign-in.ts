import { audit } from '@/lib/audit/write';
import { localClock, readClock } from '@/lib/clock';
import type { Duty, Role } from '@/lib/context';
import { reader, type Tx, transaction } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { isPassword } from './password';
import { SESSION_DAYS } from './session';
import { Throttle } from './throttle';

const held = globalThis as { hardstopThrottle?: Throttle };

/**
 * Signs a person in by password. The answer takes the same time whether the address is known or not.
 * @param address where the attempt comes from: attempts are counted by e-mail and address
 * @returns the new session's id; null when address and password do not belong together, or the person is a member nowhere
 * @throws Fault sign_in.too_many
 */
export async function signInByPassword(email: string, password: string, address: string): Promise<string | null> {
  held.hardstopThrottle ??= new Throttle();
  const throttle = held.hardstopThrottle;
  const who = email.trim().toLowerCase();
  throttle.require(who, address, localClock());
  throttle.note(who, address, localClock());
  const [person] = await reader().query<{ password_hash: string | null }>('SELECT password_hash FROM person WHERE email = $1', [who]);
  if (!(await isPassword(person?.password_hash ?? null, password))) return null;
  throttle.forget(who, address);
  return startSession(who);
}

type MemberRow = { person_id: string; name: string; org_id: string; id: string; role: Role; duties: Duty[] };

/**
 * Begins a session of the person with an address that has been proved, in the organisation they were in last.
 * @returns its id, or null when they are a member of none
 */
export function startSession(email: string): Promise<string | null> {
  return transaction(async (tx) => {
    const [member] = await lastMembership(tx, email);
    if (!member) return null;
    const now = await readClock(tx);
    const id = makeId('ses', now);
    await tx.query('INSERT INTO session (id, person_id, org_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)', [
      id,
      member.person_id,
      member.org_id,
      toIso(now),
      toIso(plus(now, days(SESSION_DAYS))),
    ]);
    const actor = { kind: 'member' as const, personId: member.person_id, ...member };
    await audit({ actor, orgId: member.org_id, requestId: id, now, tx }, 'session.started', { kind: 'member', id: member.id }, null, null);
    return id;
  });
}

const lastMembership = (tx: Tx, email: string): Promise<MemberRow[]> =>
  tx.query<MemberRow>(
    `SELECT p.id AS person_id, p.name, m.org_id, m.id, m.role, m.duties
       FROM person p JOIN member m ON m.person_id = p.id AND m.ended_at IS NULL AND m.joined_at IS NOT NULL
       LEFT JOIN LATERAL (SELECT max(created_at) AS at FROM session s WHERE s.person_id = p.id AND s.org_id = m.org_id) last ON true
      WHERE p.email = $1 ORDER BY last.at DESC NULLS LAST, m.id LIMIT 1`,
    [email],
  );

/** Ends a session; one that has ended stays as it is. */
export async function endSession(sessionId: string): Promise<void> {
  await transaction(async (tx) => {
    await tx.query('UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [sessionId, toIso(await readClock(tx))]);
  });
}
