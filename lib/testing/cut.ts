import { only, reader, type Tx } from '@/lib/db';

/** What a cut throws where the process, and not the connection, is what dies. */
export class Cut extends Error {
  override name = 'Cut';
}

/**
 * A transaction that dies at its n-th statement: `thrown` before the statement is sent, as when the process fails there, or `killed`,
 * by ending the database's side of the connection under it.
 * @returns the transaction to hand to verbs, and how many statements it was asked
 */
export function cutAt(tx: Tx, n: number, how: 'thrown' | 'killed'): { tx: Tx; asked: () => number } {
  let asked = 0;
  const cut: Tx = {
    async query<Row>(sql: string, values?: Parameters<Tx['query']>[1], name?: string): Promise<Row[]> {
      asked++;
      if (asked >= n && how === 'thrown') throw new Cut(`cut at statement ${n}`);
      if (asked === n) await kill(tx);
      return tx.query<Row>(sql, values, name);
    },
  };
  return { tx: cut, asked: () => asked };
}

/** Ends the backend of a transaction's connection, and waits until it is gone. */
export async function kill(tx: Tx): Promise<void> {
  const { pid } = only(await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'));
  await reader().query('SELECT pg_terminate_backend($1, 5000)', [pid]);
}

/** Everything an organisation has in the database, table by table, as one text: equal when nothing was changed. */
export async function fingerprint(orgId: string): Promise<Record<string, string>> {
  const tables = await reader().query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id' ORDER BY 1`,
  );
  const parts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS text FROM ${name} t WHERE org_id = $1`,
  );
  const rows = await reader().query<{ name: string; text: string }>(parts.join(' UNION ALL '), [orgId]);
  return Object.fromEntries(rows.map((row) => [row.name, row.text]));
}
