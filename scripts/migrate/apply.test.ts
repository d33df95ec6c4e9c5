import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { drift, migrate } from './apply';

const SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\nmodel Thing {\n  id String @id\n}\n';
const TABLE = 'CREATE TABLE "Thing" (id TEXT NOT NULL, CONSTRAINT "Thing_pkey" PRIMARY KEY (id));';

const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-migrate-'));
afterAll(() => rmSync(folder, { recursive: true }));
let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
});
afterAll(() => client.end());

let made = 0;
async function emptyDatabase(): Promise<string> {
  const name = `migrate_${process.pid}_${++made}`;
  await client.query(`CREATE DATABASE ${name}`);
  return Object.assign(new URL(inject('postgresUrl')), { pathname: name }).href;
}

/** A project that has these migrations, in order. */
function project(...files: string[]): string {
  const root = path.join(folder, String(++made));
  files.forEach((sql, at) => {
    const place = path.join(root, 'prisma/migrations', `2026010100000${at}_step`);
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'migration.sql'), sql);
  });
  mkdirSync(path.join(root, 'prisma'), { recursive: true });
  writeFileSync(path.join(root, 'prisma/schema.prisma'), SCHEMA);
  return root;
}

async function answer(url: string, sql: string): Promise<unknown> {
  const there = new pg.Client({ connectionString: url });
  await there.connect();
  return there
    .query({ text: sql, rowMode: 'array' })
    .then(
      (result) => result.rows[0]?.[0],
      (error: Error) => error.message,
    )
    .finally(() => there.end());
}

describe('migrations', () => {
  it('are applied once, in order', async () => {
    const url = await emptyDatabase();
    const root = project(TABLE, 'ALTER TABLE "Thing" ADD COLUMN name TEXT;');
    expect(await migrate(url, root)).toEqual(['20260101000000_step', '20260101000001_step']);
    expect(await migrate(url, root)).toEqual([]);
  });

  it('keep function bodies whole, semicolons and all', async () => {
    const url = await emptyDatabase();
    await migrate(url, project('CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;'));
    expect(await answer(url, 'SELECT two()')).toBe(2);
  });

  it('leave nothing of a file that fails, and say why', async () => {
    const url = await emptyDatabase();
    const root = project('CREATE TABLE half (id int); SELECT 1/0;');
    await expect(migrate(url, root)).rejects.toThrow(/division by zero/);
    expect(await answer(url, `SELECT to_regclass('half')`)).toBeNull();
  });

  it('may be asked for by several processes at once', async () => {
    const url = await emptyDatabase();
    const root = project(TABLE);
    const applied = await Promise.all([migrate(url, root), migrate(url, root), migrate(url, root)]);
    expect(applied.flat()).toEqual(['20260101000000_step']);
  });

  it('refuse a file that was edited after it was applied', async () => {
    const url = await emptyDatabase();
    await migrate(url, project(TABLE));
    await expect(migrate(url, project(`${TABLE} -- edited`))).rejects.toThrow('20260101000000_step was edited');
  });

  it('refuse the database of a newer version', async () => {
    const url = await emptyDatabase();
    await migrate(url, project(TABLE, 'SELECT 1;'));
    await expect(migrate(url, project(TABLE))).rejects.toThrow('belongs to a newer one');
  });

  it('are compared with the schema', async () => {
    const root = project(TABLE);
    expect(await drift(await emptyDatabase(), await emptyDatabase(), root)).toBe('');
    const more = path.join(folder, 'more');
    cpSync(root, more, { recursive: true });
    writeFileSync(path.join(more, 'prisma/schema.prisma'), SCHEMA.replace('@id', '@id\n  forgotten String'));
    expect(await drift(await emptyDatabase(), await emptyDatabase(), more)).toContain('"forgotten"');
  });

  it('of this project make exactly what schema.prisma says', async () => {
    expect(await drift(await emptyDatabase(), await emptyDatabase())).toBe('');
  });
});
