import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { closeMail } from '@/lib/notice/send/email';
import { makeWebhookSecret, signatureOf } from '@/lib/notice/send/webhook';
import { aMailbox, type Mailbox } from '@/lib/notice/testing/mailbox';
import { NOON } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';
import { helpIn } from './schema';
import type { LeadSettings } from './settings';
import { subscribe } from './subscribe';
import { takeHelp } from './take';

process.env.HARDSTOP_EGRESS_ALLOW = '127.0.0.0/8';
useDatabase();

type Received = { body: string; headers: Record<string, unknown> };
const received: Received[] = [];
let fails = 0;
const endpoint = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk));
  request.on('end', () => {
    if (fails-- > 0) return response.writeHead(503).end();
    received.push({ body, headers: request.headers });
    return response.writeHead(204).end();
  });
});
let mailbox: Mailbox;
const SECRET = makeWebhookSecret();

beforeAll(async () => {
  mailbox = await aMailbox();
  endpoint.listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
});
afterAll(async () => {
  closeMail();
  await mailbox.close();
  endpoint.close();
});

const settings = (on: { endpoint: boolean; smtp: boolean; email: boolean }): LeadSettings => ({
  endpoint: on.endpoint ? `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/leads` : undefined,
  secret: on.endpoint ? SECRET : undefined,
  smtpUrl: on.smtp ? mailbox.url : undefined,
  email: on.email ? 'sales@hardstop.test' : undefined,
});

const ASKED = helpIn.parse({
  name: 'Ada',
  email: 'ada@acme.test',
  message: 'Can you help?\nSoon.',
  topic: 'audit',
  page: '/guides/budget-hard-stop',
});
const kept = async () => (await reader().query<{ count: bigint }>('SELECT count(*) AS count FROM subscriber'))[0]?.count;

/** What is set, and what becomes of the two forms: the kind, and where something arrives. */
const TABLE = [
  { endpoint: true, smtp: true, email: true, help: 'sent', subscribe: 'confirm' },
  { endpoint: true, smtp: true, email: false, help: 'sent', subscribe: 'confirm' },
  { endpoint: true, smtp: false, email: true, help: 'sent', subscribe: 'sent' },
  { endpoint: true, smtp: false, email: false, help: 'sent', subscribe: 'sent' },
  { endpoint: false, smtp: true, email: true, help: 'mailed', subscribe: 'confirm' },
  { endpoint: false, smtp: true, email: false, help: 'link', subscribe: 'confirm' },
  { endpoint: false, smtp: false, email: true, help: 'link', subscribe: 'link' },
  { endpoint: false, smtp: false, email: false, help: 'link', subscribe: 'link' },
] as const;

it.each(TABLE)('lead truth table: endpoint $endpoint, mail server $smtp, address $email', async (row) => {
  const on = settings(row);
  const [posts, mails, rows] = [received.length, mailbox.mails.length, await kept()];
  const help = await takeHelp(ASKED, on, NOON);
  expect(help.kind).toBe(row.help);
  expect(received.length - posts).toBe(row.help === 'sent' ? 1 : 0);
  expect(mailbox.mails.length - mails).toBe(row.help === 'mailed' ? 1 : 0);
  if (row.help === 'sent') {
    const { body, headers } = received.at(-1) as Received;
    expect(JSON.parse(body)).toMatchObject({
      type: 'lead.help',
      data: { name: 'Ada', email: 'ada@acme.test', topic: 'audit', message: ASKED.message },
    });
    const signed = signatureOf(SECRET, String(headers['webhook-id']), Number(headers['webhook-timestamp']), body);
    expect(headers['webhook-signature']).toBe(signed);
  }
  if (row.help === 'mailed') {
    expect(mailbox.mails.at(-1)).toMatchObject({ to: ['sales@hardstop.test'], raw: expect.stringContaining('Reply-To: ada@acme.test') });
  }
  if (row.help === 'link') {
    const href = new URL(help.href ?? '');
    expect([href.protocol, href.pathname]).toEqual(['mailto:', row.email ? 'sales@hardstop.test' : '']);
    expect(href.searchParams.get('body')).toContain('Can you help?\nSoon.');
    expect(href.searchParams.get('body')).toContain('Ada <ada@acme.test>');
  }
  expect(await kept()).toBe(rows);

  const [postsThen, mailsThen] = [received.length, mailbox.mails.length];
  const email = `new-${row.endpoint}-${row.smtp}-${row.email}@acme.test`;
  const asked = await subscribe({ email }, on, NOON);
  expect(asked.kind).toBe(row.subscribe);
  expect(received.length - postsThen).toBe(row.subscribe === 'sent' ? 1 : 0);
  expect(mailbox.mails.length - mailsThen).toBe(row.subscribe === 'confirm' ? 1 : 0);
  expect(Number(await kept()) - Number(rows)).toBe(row.subscribe === 'confirm' ? 1 : 0);
  if (row.subscribe === 'link') expect(new URL(asked.href ?? '').searchParams.get('body')).toContain(email);
});

it('an endpoint that fails is tried again; one that goes on failing gives the asker a mail, and keeps nothing', async () => {
  const on = settings({ endpoint: true, smtp: false, email: true });
  fails = 2;
  expect(await takeHelp(ASKED, on, NOON)).toEqual({ kind: 'sent', href: null });
  fails = 9;
  await expect(takeHelp(ASKED, on, NOON)).rejects.toMatchObject({
    code: 'lead.not_delivered',
    message: expect.stringContaining('mailto:sales@hardstop.test'),
  });
  fails = 0;
});

it('what only a program fills in goes nowhere, and no head is broken', async () => {
  const [posts, mails] = [received.length, mailbox.mails.length];
  const robot = helpIn.parse({ ...ASKED, website: 'https://spam.test' });
  expect(await takeHelp(robot, settings({ endpoint: true, smtp: true, email: true }), NOON)).toEqual({ kind: 'sent', href: null });
  expect([received.length, mailbox.mails.length]).toEqual([posts, mails]);
  for (const name of ['Ada\r\nBcc: all@acme.test', 'Ada\nX: y', '']) expect(helpIn.safeParse({ ...ASKED, name }).success).toBe(false);
});
