import type { Context } from '@/lib/context';

const DUTY_NAMES: Record<string, string> = {
  budget_owner: 'the budget owner',
  escalation_owner: 'the escalation owners',
  admins: 'the admins',
  system: 'Hardstop',
};

/** How people, channels and duties are called, by the word that names them. */
export type Names = (word: string) => string;

/** Reads what the given words (`member:…`, `channel:…`, a bare member id) are called; what is not there keeps its word. */
export async function namesOf(ctx: Context, words: Iterable<string>): Promise<Names> {
  const ids = [...new Set([...words].map((word) => word.replace(/^(member|channel):/, '')))];
  const rows = await ctx.tx.query<{ id: string; name: string }>(
    `SELECT m.id, p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.org_id = $1 AND m.id = ANY($2)
     UNION ALL SELECT id, name FROM channel WHERE org_id = $1 AND id = ANY($2)
     UNION ALL SELECT id, name FROM api_key WHERE org_id = $1 AND id = ANY($2)`,
    [ctx.orgId, ids],
  );
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (word) => DUTY_NAMES[word] ?? names.get(word.replace(/^(member|channel):/, '')) ?? word;
}
