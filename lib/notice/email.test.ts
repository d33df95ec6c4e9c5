import { afterAll, beforeEach, expect, it } from 'vitest';
import { acknowledgeUrl } from '@/lib/auth/signed-link';
import { reader } from '@/lib/db';
import { plus, seconds } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { deliverDue } from './deliver';
import { closeMail } from './send/email';
import { aMailbox } from './testing/mailbox';
import { writeNotices } from './write';

const mailbox = await aMailbox();
process.env.SMTP_URL = mailbox.url;
useDatabase();
beforeEach(() => {
  mailbox.mails.length = 0;
  mailbox.refuse(null);
});
afterAll(async () => {
  closeMail();
  await mailbox.close();
});

const tellOwner = (org: TestOrg) =>
  org.run((ctx) =>
    writeNotices(ctx, [
      {
        ...{ key: 'brc_1/opened', kind: 'breach.opened', breachId: 'brc_1', target: { member: org.members.escalation_owner.actor.id } },
        ...{ title: 'support-bot stopped 03:12', text: 'Spent $950.00 of $1,000.00 <b>bold</b>.', link: '/breaches/brc_1' },
        data: { acknowledgeLinkId: 'lnk_1' },
      },
    ]),
  );

const states = async (org: TestOrg) =>
  (await reader().query<{ via: string; state: string }>('SELECT via, state FROM notice WHERE org_id = $1 ORDER BY via', [org.orgId])).map(
    ({ via, state }) => `${via} ${state}`,
  );

const messageIds = () => mailbox.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);

it('a member is told in the app and by e-mail, in text and HTML', async () => {
  const org = await anOrg();
  const [, byMail] = await tellOwner(org);
  await deliverDue(org.now);
  expect(await states(org)).toEqual(['app delivered', 'email delivered']);
  const [mail] = mailbox.mails;
  expect(mail?.to).toEqual([org.members.escalation_owner.email]);
  expect(mail?.raw).toContain('Subject: support-bot stopped 03:12');
  expect(mail?.raw).toContain('Content-Type: text/plain');
  expect(mail?.raw).toContain('Content-Type: text/html');
  expect(mail?.raw).toContain('&lt;b&gt;bold&lt;/b&gt;');
  expect(messageIds()).toEqual([`<${byMail?.id}@hardstop.test>`]);
});

it('whoever must answer can do so from the mail, by a link that is kept nowhere', async () => {
  const org = await anOrg();
  await tellOwner(org);
  await deliverDue(org.now);
  const link = acknowledgeUrl('lnk_1');
  expect(mailbox.mails[0]?.raw.replaceAll('=\r\n', '')).toContain(`Acknowledge: ${link}`);
  const kept = JSON.stringify(
    await reader().query('SELECT n::text, a::text FROM notice n LEFT JOIN notice_attempt a ON a.notice_id = n.id'),
  );
  expect(kept).not.toContain(link.split('/a/')[1]);
});

it('a mail server that is not able now is asked again, under the same Message-ID', async () => {
  const org = await anOrg();
  const [, byMail] = await tellOwner(org);
  mailbox.refuse(451);
  await deliverDue(org.now);
  expect(await states(org)).toEqual(['app delivered', 'email failed']);
  mailbox.refuse(null);
  await deliverDue(plus(org.now, seconds(5)));
  expect(await states(org)).toEqual(['app delivered', 'email delivered']);
  expect(messageIds()).toEqual([`<${byMail?.id}@hardstop.test>`]);
});

it('an address that is refused for good is left to a person at once', async () => {
  const org = await anOrg();
  await tellOwner(org);
  mailbox.refuse(550);
  await deliverDue(org.now);
  expect((await states(org)).slice(0, 2)).toContain('app delivered');
  expect(await reader().query(`SELECT kind FROM notice WHERE org_id = $1 AND via = 'email' AND state = 'dead'`, [org.orgId])).toEqual([
    { kind: 'breach.opened' },
  ]);
});

it('someone who has left is not written to', async () => {
  const org = await anOrg();
  await tellOwner(org);
  await reader().query('UPDATE member SET ended_at = created_at WHERE id = $1', [org.members.escalation_owner.actor.id]);
  await deliverDue(org.now);
  expect(mailbox.mails.filter(({ to }) => to.includes(org.members.escalation_owner.email))).toEqual([]);
});

it('sends the people of a sample no mail: they are told in the app', async () => {
  const org = await anOrg();
  await reader().query('UPDATE organisation SET sample_since = created_at, sample_told_at = created_at WHERE id = $1', [org.orgId]);
  await tellOwner(org);
  expect(await states(org)).toEqual(['app delivered']);
});
