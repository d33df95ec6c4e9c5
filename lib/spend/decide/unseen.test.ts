import { beforeAll, describe, expect, it } from 'vitest';
import { hashOfSecret, makeKeySecret } from '@/lib/auth/secrets';
import { reader } from '@/lib/db';
import { days, hours, minutes, plus, toIso } from '@/lib/kernel/instant';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { anAsk, NOON, periodOf } from '@/lib/testing/bare-org';
import { asked, CALL, expectUsed, filled, tight } from '@/lib/testing/tight-org';
import { aRecord, knock, standClock, usageOrg } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { authorizeDoor, releaseDoor, settleDoor } from './doors';

useDatabase();
const setClock = standClock();
beforeAll(() => setClock(NOON));

describe('spending without being seen', () => {
  it('no header changes who asks, for whom, or when', async () => {
    const { org } = await filled();
    const other = await usageOrg();
    for (const [name, value] of [
      ['x-hardstop-workload', 'another-bot'],
      ['x-org-id', other.orgId],
      ['x-forwarded-for', '127.0.0.1'],
      ['x-forwarded-host', 'localhost'],
      ['x-middleware-subrequest', 'middleware'],
      ['x-http-method-override', 'GET'],
      ['date', 'Tue, 01 Dec 2026 00:00:01 GMT'],
      ['idempotency-key', 'another'],
      ['x-api-key', other.secret],
      ['cookie', 'next-auth.session-token=x'],
    ] as const)
      expect(await asked(org, {}, { [name]: value }), name).toMatchObject({ decision: 'deny' });
    await expectUsed(org, 2n * CALL);
    expect(await reader().query('SELECT FROM hold WHERE org_id = $1', [other.orgId])).toEqual([]);
  });

  it('a race: of 64 at once as many pass as fit', async () => {
    const org = await tight();
    const answers = await Promise.all(Array.from({ length: 64 }, () => asked(org)));
    expect(answers.filter((each) => each.decision === 'allow')).toHaveLength(2);
    await expectUsed(org, 2n * CALL);
  });

  it('a race in one request: of 64 items as many pass as fit', async () => {
    const org = await tight();
    const { json } = await knock(authorizeDoor, org, { body: { items: Array.from({ length: 64 }, () => anAsk()) } });
    expect((json.items as { decision: string }[]).filter((each) => each.decision === 'allow')).toHaveLength(2);
    await expectUsed(org, 2n * CALL);
  });

  it('a retry of a refused call is decided anew, and refused', async () => {
    const { org } = await filled();
    const call = anAsk();
    for (let i = 0; i < 20; i++) expect(await asked(org, call)).toMatchObject({ decision: 'deny' });
    await expectUsed(org, 2n * CALL);
  });

  it('a clock of the caller moves no spend out of its period: late usage lands where it was used, early usage is refused', async () => {
    const org = await tight();
    const at = (moment: typeof NOON) => aRecord(org, { occurredAt: toIso(moment) });
    const { json } = await knock(ingestUsageDoor, org, { body: { records: [at(plus(NOON, hours(1))), at(plus(NOON, days(8)))] } });
    expect(json).toMatchObject({ accepted: 0, rejected: [{ index: 0 }, { index: 1 }] });
    await knock(ingestUsageDoor, org, { body: { records: [at(plus(NOON, minutes(9)))] } });
    await expectUsed(org, 0n, CALL);
  });

  it('no hold is longer than an hour, and none has ended before it began', async () => {
    const org = await tight();
    expect(await asked(org, { ttlSeconds: 3_601 })).toMatchObject({ code: 'request.invalid' });
    expect(await asked(org, { ttlSeconds: -1 })).toMatchObject({ code: 'request.invalid' });
    await expectUsed(org, 0n);
  });

  it('a request that is cancelled has its money set aside all the same', async () => {
    const org = await tight();
    const leave = new AbortController();
    const request = new Request('http://localhost/api/v1/authorize', {
      method: 'POST',
      headers: { authorization: `Bearer ${org.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(anAsk()),
      signal: leave.signal,
    });
    const answer = authorizeDoor.handle(request, {}).catch(() => null);
    setImmediate(() => leave.abort());
    await answer;
    const { held_nano } = await periodOf(org);
    expect([0n, CALL]).toContain(held_nano);
    // Whichever it was, what is left is what the rows say.
    const rest = await Promise.all(Array.from({ length: 3 }, () => asked(org)));
    expect(rest.filter((each) => each.decision === 'allow')).toHaveLength(held_nano === 0n ? 2 : 1);
    await expectUsed(org, 2n * CALL);
  });

  it.each([9e15, Number.MAX_SAFE_INTEGER, 1e21, '1e400', Number.NaN])('a huge number of units (%s) is no small hold', async (units) => {
    const org = await tight();
    const answer = await asked(org, { maxUnits: { input: units, output: 500 } });
    expect(answer.decision ?? answer.code).toMatch(/^deny$|^request\.|^body\.|^decisions\.out_of_range$/);
    await expectUsed(org, 0n);
  });

  it('a negative number of units gives nothing back: not in an ask, a settlement or a report', async () => {
    const { org, holdIds } = await filled();
    const [holdId] = holdIds;
    expect(await asked(org, { maxUnits: { input: -1_000_000, output: 500 } })).toHaveProperty('code');
    expect(await asked(org, { minOutput: -5 })).toHaveProperty('code');
    const settled = await knock(settleDoor, org, { body: { holdId, units: { input: -1_000_000, output: -1 } } });
    expect(settled.status).toBe(422);
    const { json } = await knock(ingestUsageDoor, org, { body: { records: [aRecord(org, { units: { input: -1_000, output: 0 } })] } });
    expect(json).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] });
    await expectUsed(org, 2n * CALL);
  });

  it('a key that is used again is the same call, or none', async () => {
    const org = await tight();
    const call = anAsk();
    const first = await asked(org, call);
    for (let i = 0; i < 5; i++) expect(await asked(org, call)).toMatchObject({ holdId: first.holdId });
    expect(await asked(org, { ...call, maxUnits: { input: 1_000, output: 400 } })).toMatchObject({ code: 'idempotency.mismatch' });
    await knock(releaseDoor, org, { body: { holdId: first.holdId } });
    expect(await asked(org, call)).toMatchObject({ code: 'hold.not_open' });
    await expectUsed(org, 0n);
  });

  it('the hold of someone else is not there: it can be neither settled nor given back', async () => {
    const { org, holdIds } = await filled();
    const [holdId] = holdIds;
    const other = await tight();
    expect((await knock(settleDoor, other, { body: { holdId, units: { input: 0, output: 0 } } })).status).toBe(404);
    expect((await knock(releaseDoor, other, { body: { holdId } })).status).toBe(404);
    await expectUsed(org, 2n * CALL);
  });

  it('the hold of another workload is not there for a key that is pinned to its own', async () => {
    const { org, holdIds } = await filled();
    const other = { ...org, secret: makeKeySecret() };
    await reader().query(
      `INSERT INTO api_key (org_id, id, name, prefix, secret_hash, scopes, pin_workload, created_by, created_at)
       SELECT org_id, id || 'x', name, prefix, $2, scopes, 'another-bot', created_by, created_at FROM api_key WHERE org_id = $1`,
      [org.orgId, hashOfSecret(other.secret)],
    );
    for (const [door, part] of [
      [settleDoor, { units: { input: 0, output: 0 } }],
      [releaseDoor, {}],
    ] as const)
      expect((await knock(door, other, { body: { holdId: holdIds[0], ...part } })).status).toBe(404);
    await expectUsed(org, 2n * CALL);
  });

  it('a release of what was called is overruled by what is reported of it', async () => {
    const { org, holdIds } = await filled();
    const [holdId] = holdIds;
    expect((await knock(releaseDoor, org, { body: { holdId } })).status).toBe(200);
    await knock(ingestUsageDoor, org, { body: { records: [aRecord(org, { holdId })] } });
    await expectUsed(org, CALL, CALL);
  });
});
