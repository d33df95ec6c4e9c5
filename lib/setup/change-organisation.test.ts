import { describe, expect, it } from 'vitest';
import { verifyAudit } from '@/lib/audit/verify';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { toIso } from '@/lib/kernel/instant';
import { getOrganisation } from '@/lib/org/doors';
import { authorizeDoor } from '@/lib/spend/decide/doors';
import { ingestUsageDoor } from '@/lib/spend/ingest/doors';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { deleteKey, patchOrganisation } from './doors';

useDatabase();

const change = (org: TestOrg, body: unknown, headers: Record<string, string> = {}) =>
  org.ask(patchOrganisation, 'admin', { body, headers });

async function send(org: TestOrg, eventId: string): Promise<void> {
  const occurredAt = toIso(await readClock(reader()));
  const record = {
    eventId,
    occurredAt,
    workload: 'bot',
    provider: 'openai',
    model: 'gpt-4o',
    units: { input: 100, output: 10 },
    tags: { env: 'prod' },
  };
  const answer = await org.ask(ingestUsageDoor, 'usage:write', { body: { records: [record] } });
  expect(await answer.json()).toMatchObject({ accepted: 1 });
}

describe('settings of an organisation', () => {
  it('that two people edit at once are told to the second', async () => {
    const org = await anOrg();
    const etag = (await org.ask(getOrganisation, 'viewer')).headers.get('etag') ?? '';
    const first = await change(org, { name: 'First' }, { 'if-match': etag });
    expect(await first.json()).toMatchObject({ name: 'First' });
    const second = await change(org, { name: 'Second' }, { 'if-match': etag });
    expect([second.status, await second.json()]).toMatchObject([412, { code: 'etag.mismatch' }]);
    expect(await (await org.ask(getOrganisation, 'viewer')).json()).toMatchObject({ name: 'First' });
  });

  it('leave an audit entry that says from what to what', async () => {
    const org = await anOrg();
    await change(org, { name: 'Renamed', labelTags: ['env'] });
    const [entry] = await reader().query<{ before: unknown; after: unknown }>(
      `SELECT before, after FROM audit_entry WHERE org_id = $1 AND action = 'organisation.changed'`,
      [org.orgId],
    );
    expect(entry).toMatchObject({ before: { name: 'Test', labelTags: [] }, after: { name: 'Renamed', labelTags: ['env'] } });
    expect((await verifyAudit(org.ctx())).isWhole).toBe(true);
  });

  it('move the calendar, periods and all, while nothing is booked', async () => {
    const org = await anOrg();
    expect((await change(org, { zone: 'Asia/Tokyo', fiscalYearStart: 4 })).status).toBe(200);
    const periods = await reader().query<{ hour: string }>(
      `SELECT DISTINCT (starts_at AT TIME ZONE 'Asia/Tokyo')::time::text AS hour FROM budget_period WHERE org_id = $1`,
      [org.orgId],
    );
    expect(periods).toEqual([{ hour: '00:00:00' }]);
  });

  it('give a tag daily figures from the first call on, also where it is registered later', async () => {
    const org = await anOrg();
    await send(org, 'one');
    await send(org, 'two');
    expect((await change(org, { labelTags: ['env'] })).status).toBe(200);
    const rows = await reader().query(`SELECT value, calls FROM rollup_label WHERE org_id = $1 AND label = 'tag:env'`, [org.orgId]);
    expect(rows).toEqual([{ value: 'prod', calls: 2n }]);
  });
});

describe('revoking a key', () => {
  it('turns what it holds open into presumed spend, and refuses it from then on', async () => {
    const org = await anOrg();
    const ask = (idempotencyKey: string) => ({
      body: { workload: 'bot', provider: 'openai', model: 'gpt-4o', maxUnits: { input: 1_000, output: 500 }, idempotencyKey },
    });
    const allowed = await org.ask(authorizeDoor, 'spend:authorize', ask('a'));
    expect(await allowed.json()).toMatchObject({ decision: 'allow' });
    const key = org.keys['spend:authorize'];
    const revoked = await org.ask(deleteKey, 'admin', { params: { id: key.id } });
    expect(await revoked.json()).toMatchObject({ id: key.id, state: 'revoked' });
    const holds = await reader().query('SELECT state FROM hold WHERE org_id = $1', [org.orgId]);
    expect(holds).toEqual([{ state: 'presumed' }]);
    // The front may still know the key for a second; the decision does not.
    const refused = await org.ask(authorizeDoor, 'spend:authorize', ask('b'));
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'key.not_live' }]);
    expect(await (await org.ask(deleteKey, 'admin', { params: { id: key.id } })).json()).toMatchObject({ state: 'revoked' });
  });
});
