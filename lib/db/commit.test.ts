import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commit, decisionPool, OutcomeUnknown, reader } from '@/lib/db';
import { useDatabase } from '@/scripts/testing/database';

useDatabase();

const person = 'INSERT INTO person (id, email, name, created_at) VALUES ($1, $2, $3, $4)';
const at = '2026-11-24T12:00:00Z';
const id = () => randomUUID();
const isThere = async (key: string) => (await reader().query('SELECT FROM person WHERE id = $1', [key])).length === 1;

let client: pg.PoolClient;
beforeEach(async () => {
  client = await decisionPool().connect();
  await client.query('BEGIN');
});
afterEach(() => client.release(true));

it('does what was sent before it, and waits for all of it', async () => {
  const key = id();
  await commit(client, [client.query(person, [key, `${key}@x.test`, 'A', at])]);
  expect(await isThere(key)).toBe(true);
});

it('does nothing where a statement sent before it is refused, and says which refusal it was', async () => {
  const [first, second] = [id(), id()];
  const sent = [
    client.query(person, [first, `${first}@x.test`, 'A', at]),
    client.query(person, [first, `${second}@x.test`, 'A', at]),
    client.query(person, [second, `${second}@x.test`, 'A', at]),
  ];
  await expect(commit(client, sent)).rejects.toMatchObject({ code: '23505' });
  expect(await isThere(first)).toBe(false);
  expect(await isThere(second)).toBe(false);
});

it('is no success where Postgres has rolled back for an earlier refusal', async () => {
  await client.query('SELECT 1 / 0').catch(() => undefined);
  await expect(commit(client)).rejects.toThrow('COMMIT was answered by ROLLBACK');
});

it('is unknown where the connection is lost on the way, and done with nothing where it was lost before', async () => {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = commit(client, [client.query(`SELECT pg_terminate_backend(${rows[0]?.pid})`)]);
  await expect(ended).rejects.toBeInstanceOf(OutcomeUnknown);
  await expect(commit(client)).rejects.toThrow('lost before COMMIT was sent');
});
