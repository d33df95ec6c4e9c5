import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tell } from '@/lib/event/tell';
import { EventReader } from '@/lib/event/testing/sse';
import { anOrg } from '@/lib/testing/an-org';
import { appProcesses } from '@/scripts/prove/support/processes';
import { useDatabase } from '@/scripts/testing/database';

const url = useDatabase();

it('an event committed in one process is seen by a follower of another within a second', async () => {
  const org = await anOrg();
  const folder = mkdtempSync(path.join(tmpdir(), 'hardstop-events-'));
  const apps = await appProcesses(2, { DATABASE_URL: url, HARDSTOP_DATA_DIR: folder, PUBLIC_URL: 'http://hardstop.test' });
  onTestFinished(async () => {
    await Promise.all(apps.map((app) => app.kill()));
    rmSync(folder, { recursive: true, force: true });
  });
  const followers = await Promise.all(
    apps.map(async ({ port }, n) => {
      const headers: Record<string, string> =
        n === 0 ? { cookie: org.sessionCookie('viewer') } : { authorization: `Bearer ${org.keys.read.secret}` };
      const events = new EventReader(await fetch(`http://127.0.0.1:${port}/api/v1/events`, { headers }));
      await events.begun();
      return events;
    }),
  );
  const took: number[] = [];
  for (let n = 0; n < 20; n++) {
    await org.run((ctx) => tell(ctx, 'test.happened', { kind: 'test', id: `t${n}` }));
    const committed = performance.now();
    await Promise.all(
      followers.map(async (events) => {
        expect(await events.next()).toMatchObject({ id: String(n + 1), data: { resource: { id: `t${n}` } } });
        took.push(performance.now() - committed);
      }),
    );
  }
  expect(Math.max(...took), `ms: ${took.map(Math.round).join(' ')}`).toBeLessThan(1_000);
}, 60_000);
