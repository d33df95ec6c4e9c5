import { expect, it } from 'vitest';
import { getAudit } from '@/lib/api/audit';
import { reader } from '@/lib/db';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { deleteChannel, getChannel, getChannels, patchChannel, postChannel, testChannel } from './channel/doors';
import { openChannel, sealChannel } from './channel/sealed';
import { getNotices } from './doors';
import { aReceiver } from './testing/receiver';

process.env.HARDSTOP_EGRESS_ALLOW = '127.0.0.0/8';
useDatabase();

const MARK = 'S3CR3TS3CR3TS3CR3TS3CR3TS3CR3T';

it('what opens a channel is shown once and never again: in no answer, no list, no audit, no attempt, no readable column', async () => {
  const [org, receiver] = [await anOrg(), await aReceiver(() => 500)];
  const secret = `whsec_${Buffer.from(MARK).toString('base64')}`;
  const bodies = [
    { kind: 'webhook', name: 'Ours', config: { url: `${receiver.url}/hook?token=${MARK}`, secret } },
    { kind: 'slack', name: 'Slack', config: { url: `${receiver.url}/services/${MARK}` } },
    { kind: 'teams', name: 'Teams', config: { url: `${receiver.url}/workflows/${MARK}` } },
    { kind: 'pagerduty', name: 'Pager', config: { routingKey: `${MARK}00`, url: receiver.url } },
  ];
  let said = '';
  for (const body of bodies) {
    const made = await org.ask(postChannel, 'admin', { body });
    expect(made.status).toBe(201);
    const { secret: shown, ...channel } = (await made.json()) as { id: string; secret: string | null };
    expect(shown).toBe(body.kind === 'webhook' ? secret : null);
    const params = { id: channel.id };
    said += JSON.stringify(channel);
    said += await (await org.ask(testChannel, 'admin', { params })).text();
    said += await (await org.ask(patchChannel, 'admin', { params, body: { name: 'Renamed' } })).text();
    said += await (await org.ask(getChannel, 'viewer', { params })).text();
    said += await (await org.ask(deleteChannel, 'admin', { params })).text();
  }
  for (const door of [getChannels, getNotices]) said += await (await org.ask(door, 'admin')).text();
  said += await (await org.ask(getAudit, 'admin')).text();
  for (const table of ['channel', 'notice', 'notice_attempt', 'audit_entry', 'event', 'idempotent_answer'])
    said += JSON.stringify(await reader().query(`SELECT t::text FROM ${table} t WHERE org_id = $1`, [org.orgId]));
  expect(receiver.got).toHaveLength(4);
  expect(said).not.toContain(MARK);
  expect(said).not.toContain(Buffer.from(MARK).toString('base64'));
});

it('what is sealed for one channel opens for no other', () => {
  const sealed = sealChannel({ kind: 'slack', url: 'https://hooks.slack.com/x' }, 'org_1', 'chn_1');
  expect(openChannel(sealed, 'org_1', 'chn_1')).toEqual({ kind: 'slack', url: 'https://hooks.slack.com/x' });
  expect(() => openChannel(sealed, 'org_1', 'chn_2')).toThrow();
  expect(() => openChannel(sealed, 'org_2', 'chn_1')).toThrow();
});
