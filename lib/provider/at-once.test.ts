import { expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { changeProvider, makeProvider } from './change';
import { findProvider } from './find';
import type { ProviderChange } from './schema';

useDatabase();
const KEY = 'sk-secret-letters-of-a-provider-1234';

/** The code of what a change refuses; null where it was made. */
const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof Fault) return error.code;
      throw error;
    },
  );

/** Until a connection waits for another one's lock, or what it does is over without waiting. */
async function waitsOrIsOver(work: Promise<unknown>): Promise<void> {
  let isOver = false;
  void work.finally(() => (isOver = true));
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while (!isOver && (await reader().query(waiting)).length === 0);
}

type Work = (ctx: Parameters<Parameters<TestOrg['run']>[0]>[0]) => Promise<unknown>;

/** Does two things at once: the second begins when the first is done and has not committed. @returns what each refuses */
async function atOnce(org: TestOrg, first: Work, second: Work): Promise<(string | null)[]> {
  let other: Promise<string | null> = Promise.resolve(null);
  const one = await codeOf(
    org.run(
      async (ctx) => {
        await first(ctx);
        other = codeOf(org.run(second, undefined, 'admin'));
        await waitsOrIsOver(other);
      },
      undefined,
      'admin',
    ),
  );
  return [one, await other];
}

const changing =
  (change: ProviderChange, version: number | null = null): Work =>
  (ctx) =>
    changeProvider(ctx, 'openai', change, version);

it('a key that is set while the address moves stays with its host', async () => {
  const org = await anOrg();
  const moved = { baseUrl: 'https://elsewhere.example.com/v1' };
  expect(await atOnce(org, changing({ apiKey: KEY }), changing(moved))).toEqual([null, 'provider.key_stays']);
  expect(await findProvider(reader(), org.orgId, 'openai')).toMatchObject({ baseUrl: 'https://api.openai.com/v1', apiKey: KEY });
});

it('of two who change what they saw the second is told so, also where it had no row yet', async () => {
  const org = await anOrg();
  expect(await atOnce(org, changing({ apiKey: KEY }, 0), changing({ apiKey: null }, 0))).toEqual([null, 'etag.mismatch']);
  expect(await findProvider(reader(), org.orgId, 'openai')).toMatchObject({ apiKey: KEY });
});

it('of two who take one name the second is told that it is taken', async () => {
  const org = await anOrg();
  const making =
    (apiKey?: string): Work =>
    (ctx) =>
      makeProvider(ctx, { slug: 'vllm', wire: 'openai', baseUrl: 'https://models.example.com/v1', ...(apiKey ? { apiKey } : {}) });
  expect(await atOnce(org, making(KEY), making())).toEqual([null, 'provider.taken']);
  expect(await findProvider(reader(), org.orgId, 'vllm')).toMatchObject({ apiKey: KEY });
});
