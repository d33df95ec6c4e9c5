import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getLive, getReady } from '@/lib/api/health';
import { closePool, reader } from '@/lib/db';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { door } from './door';

const url = useDatabase();

const shape = { tag: 'Test', summary: 'A door of a test.', path: '/api/v1/test', right: 'workload.write' } as const;
const asked = (path: string) => new Request(`http://hardstop.test${path}`);

describe('without the database', () => {
  it('a door says so, and when to come again', async () => {
    const org = await anOrg();
    const answered: unknown[] = [];
    // Its own connection is cut under it, as when a server goes away between two statements.
    const cut = door({
      ...{ ...shape, method: 'POST' as const, answer: z.object({}) },
      run: async (ctx) => {
        answered.push(await ctx.tx.query('SELECT pg_terminate_backend(pg_backend_pid())').catch((error: Error) => error.message));
        await ctx.tx.query('SELECT 1');
        return {};
      },
    });
    const response = await org.ask(cut, 'operator');
    expect(answered.length).toBeGreaterThan(0);
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toMatchObject([
      503,
      '1',
      { code: 'database.unavailable' },
    ]);
  });

  it('a commit whose outcome nobody knows is told as that', async () => {
    const org = await anOrg();
    const lost = door({
      ...{ ...shape, method: 'POST' as const, answer: z.object({}) },
      run: async ({ tx }) => {
        await tx.query('CREATE TEMP TABLE lost (id int)');
        await tx.query(
          `CREATE FUNCTION pg_temp.go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`,
        );
        await tx.query(
          'CREATE CONSTRAINT TRIGGER gone AFTER INSERT ON lost DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.go()',
        );
        await tx.query('INSERT INTO lost VALUES (1)');
        return {};
      },
    });
    const response = await org.ask(lost, 'operator');
    expect([response.status, await response.json()]).toMatchObject([503, { code: 'outcome_unknown' }]);
  });

  it('the process is alive and not ready', async () => {
    expect((await getReady.handle(asked('/api/health/ready'), {})).status).toBe(200);
    await reader().query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%guards'`);
    const behind = await getReady.handle(asked('/api/health/ready'), {});
    expect([behind.status, await behind.json()]).toMatchObject([503, { code: 'database.not_migrated' }]);
    await reader().query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} CONNECTION LIMIT 0`);
    await closePool();
    expect((await getLive.handle(asked('/api/health/live'), {})).status).toBe(200);
  });
});
