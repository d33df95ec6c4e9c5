import type { Context, Role } from '@/lib/context';

/** An organisation that a person belongs to, to choose which one to work in. */
export type Belonging = { id: string; name: string; role: Role; isSample: boolean };

/** The organisations of a person, those of their own before samples, by name. */
export async function organisationsOf(ctx: Context, personId: string): Promise<Belonging[]> {
  return ctx.tx.query<Belonging>(
    `SELECT o.id, o.name, m.role, o.sample_since IS NOT NULL AS "isSample"
       FROM member m JOIN organisation o ON o.id = m.org_id
      WHERE m.person_id = $1 AND m.joined_at IS NOT NULL AND m.ended_at IS NULL
      ORDER BY "isSample", o.name, o.id`,
    [personId],
  );
}
