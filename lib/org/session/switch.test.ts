import { describe, expect, it } from 'vitest';
import { signedIn } from '@/lib/auth/session';
import { toIso } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { postSessionOrganisation } from './doors';

useDatabase();

/** Makes the first organisation's analyst a viewer of the second. */
const alsoThere = (home: TestOrg, away: TestOrg): Promise<unknown> =>
  away.run((ctx) =>
    ctx.tx.query(
      `INSERT INTO member (org_id, id, person_id, role, duties, joined_at, created_at) VALUES ($1, $2, $3, 'viewer', '{}', $4, $4)`,
      [away.orgId, `mem_${home.orgId}`, home.members.analyst.actor.personId, toIso(ctx.now)],
    ),
  );

const goTo = (home: TestOrg, organisationId: string) => home.ask(postSessionOrganisation, 'analyst', { body: { organisationId } });

describe('working in another organisation', () => {
  it('moves the session there, with the role held there, and back', async () => {
    const [home, away] = await Promise.all([anOrg(), anOrg()]);
    await alsoThere(home, away);
    expect((await goTo(home, away.orgId)).status).toBe(200);
    expect(await signedIn(home.sessionCookie('analyst'))).toMatchObject({ orgId: away.orgId, actor: { role: 'viewer' } });
    expect((await goTo(home, home.orgId)).status).toBe(200);
    expect(await signedIn(home.sessionCookie('analyst'))).toMatchObject({ orgId: home.orgId, actor: { role: 'analyst' } });
  });

  it('does not find an organisation that one is no member of, and leaves the session where it is', async () => {
    const [home, away] = await Promise.all([anOrg(), anOrg()]);
    expect((await goTo(home, away.orgId)).status).toBe(404);
    expect((await goTo(home, 'org_nowhere')).status).toBe(404);
    expect(await signedIn(home.sessionCookie('analyst'))).toMatchObject({ orgId: home.orgId });
  });

  it('does not let back in who has left', async () => {
    const [home, away] = await Promise.all([anOrg(), anOrg()]);
    await alsoThere(home, away);
    await away.run((ctx) => ctx.tx.query('UPDATE member SET ended_at = $2 WHERE id = $1', [`mem_${home.orgId}`, toIso(ctx.now)]));
    expect((await goTo(home, away.orgId)).status).toBe(404);
  });
});
