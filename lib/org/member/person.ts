import type { Tx } from '@/lib/db';
import { makeId } from '@/lib/kernel/ids';
import { type Instant, toIso } from '@/lib/kernel/instant';

/** A person, who may be a member of several organisations. */
export type Person = { id: string; name: string; passwordHash: string | null };

/** The person with an address (lower case), made where there is none yet. A person who exists keeps the name they have. */
export async function findOrMakePerson(tx: Tx, who: { email: string; name: string }, now: Instant): Promise<Person> {
  await tx.query('INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING', [
    makeId('per', now),
    who.email,
    who.name,
    toIso(now),
  ]);
  const [row] = await tx.query<{ id: string; name: string; password_hash: string | null }>(
    'SELECT id, name, password_hash FROM person WHERE email = $1 FOR UPDATE',
    [who.email],
  );
  if (!row) throw new Error('a person that was just made is not there');
  return { id: row.id, name: row.name, passwordHash: row.password_hash };
}
