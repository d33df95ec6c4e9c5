import { describe, expect, it } from 'vitest';
import { readClock } from '@/lib/clock';
import { reader, transaction } from '@/lib/db';
import { hours, plus } from '@/lib/kernel/instant';
import { revokeKey } from '@/lib/org/key/revoke';
import { type As, anOrg, type TestOrg } from '@/lib/testing/an-org';
import { randomOf } from '@/lib/testing/random-ledger';
import { useDatabase } from '@/scripts/testing/database';
import { followEvents } from './doors';
import { numberEvents } from './number';
import { forgetEvents } from './reads';
import { tell } from './tell';
import { EventReader, type Received } from './testing/sse';

useDatabase();

const tellOne = (org: TestOrg, n: number, now = org.now) =>
  org.run((ctx) => tell(ctx, 'test.happened', { kind: 'test', id: `t${n}` }), now);

const followAs = async (org: TestOrg, as: As, lastEventId?: string): Promise<EventReader> =>
  new EventReader(await org.ask(followEvents, as, lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } }));

const numbers = async (org: TestOrg): Promise<number[]> =>
  (await reader().query<{ sequence: bigint }>('SELECT sequence FROM event WHERE org_id = $1 ORDER BY sequence', [org.orgId])).map((row) =>
    Number(row.sequence),
  );

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

describe('the numbers of events', () => {
  it('leave none out and give none twice, whoever commits, rolls back and numbers at the same time', async () => {
    const org = await anOrg();
    const random = randomOf(7);
    const lives = upTo(80).map(() => random(4) > 0);
    await Promise.all(
      lives.map(async (stays, n) => {
        const done = org.run(async (ctx) => {
          await tell(ctx, 'test.happened', { kind: 'test', id: `t${n}` });
          await ctx.tx.query('SELECT pg_sleep($1)', [random(20) / 1_000]);
          if (!stays) throw new Error('undone');
        });
        await done.catch(() => undefined);
        if (random(2) === 0) await numberEvents(org.orgId);
      }),
    );
    await numberEvents(org.orgId);
    expect(await numbers(org)).toEqual(upTo(lives.filter(Boolean).length));
  });

  it('go on where they were when old events are forgotten', async () => {
    const org = await anOrg();
    await tellOne(org, 1);
    await numberEvents(org.orgId);
    await transaction((tx) => forgetEvents(tx, plus(org.now, hours(25))));
    expect(await numbers(org)).toEqual([]);
    await tellOne(org, 2);
    await numberEvents(org.orgId);
    expect(await numbers(org)).toEqual([2]);
  });

  it('are given once: an event does not change', async () => {
    const org = await anOrg();
    await tellOne(org, 1);
    await numberEvents(org.orgId);
    const renumber = reader().query('UPDATE event SET sequence = 9 WHERE org_id = $1', [org.orgId]);
    await expect(renumber).rejects.toThrow('do not change');
  });
});

describe('a follower', () => {
  it('sees what is committed, of its own organisation alone', async () => {
    const [org, other] = [await anOrg(), await anOrg()];
    const events = await followAs(org, 'viewer');
    await events.begun();
    await tellOne(other, 1);
    await tellOne(org, 2);
    expect(await events.next()).toMatchObject({ event: 'test.happened', data: { id: '1', type: 'test.happened', resource: { id: 't2' } } });
    await events.close();
  });

  it('that goes away again and again and resumes gets every event once, in order', async () => {
    const org = await anOrg();
    const random = randomOf(11);
    const now = await readClock(reader());
    const all: Received[] = [];
    const writing = (async () => {
      for (let n = 0; n < 120; n += 4) await Promise.all([0, 1, 2, 3].map((more) => tellOne(org, n + more, now)));
    })();
    let lastId = '0';
    while (all.length < 120) {
      const events = await followAs(org, 'read', lastId);
      for (let take = 1 + random(15); take > 0 && all.length < 120; take--) all.push((await events.next()) as Received);
      lastId = events.lastId;
      await events.close();
    }
    await writing;
    expect(all.map(({ id }) => Number(id))).toEqual(upTo(120));
    expect(new Set(all.map(({ data }) => data.resource?.id)).size).toBe(120);
  });

  it.each([
    ['from before what is kept', '0'],
    ['from a number that was never given', '99'],
    ['from something that is no number', 'evt_1'],
  ])('that comes back %s is told to begin anew', async (_, lastEventId) => {
    const org = await anOrg();
    for (const n of [1, 2]) await tellOne(org, n);
    await numberEvents(org.orgId);
    const events = await followAs(org, 'viewer', lastEventId);
    // What this organisation did is told at the time it was made, months before the database's own.
    expect(await events.next()).toMatchObject({ id: '2', event: 'reset' });
    await events.close();
  });

  it('whose key is revoked hears no more', async () => {
    const org = await anOrg();
    const events = await followAs(org, 'read');
    await events.begun();
    await org.run((ctx) => revokeKey(ctx, org.keys.read.id));
    expect(await events.next()).toMatchObject({ event: 'key.revoked' });
    await tellOne(org, 1);
    expect(await events.next()).toBeNull();
  });
});
