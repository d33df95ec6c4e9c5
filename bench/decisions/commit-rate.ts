import pg from 'pg';
import type { Calls } from '../support/rate';

/** What the database can do at all: one row written and made durable, and nothing else, through a pool of a given size. */
export async function bareCommits(url: string): Promise<(size: number) => Calls & { end(): Promise<void> }> {
  const setup = new pg.Client({ connectionString: url });
  await setup.connect();
  await setup.query('CREATE TABLE IF NOT EXISTS bare_commit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int8 NOT NULL)');
  await setup.end();
  return (size) => {
    const pool = new pg.Pool({ connectionString: url, max: size }).on('error', () => undefined);
    const insert = async () => void (await pool.query({ name: 'bare', text: 'INSERT INTO bare_commit (n) VALUES ($1)', values: [1] }));
    return { authorize: () => insert().then(() => ''), settle: insert, end: () => pool.end() };
  };
}
