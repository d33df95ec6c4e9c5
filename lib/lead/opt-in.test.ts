import { afterAll, beforeAll, expect, it } from 'vitest';
import { signLink } from '@/lib/auth/signed-link';
import { reader } from '@/lib/db';
import { days, hours, type Instant, minutes, plus } from '@/lib/kernel/instant';
import { closeMail } from '@/lib/notice/send/email';
import { aMailbox, type Mailbox } from '@/lib/notice/testing/mailbox';
import { NOON } from '@/lib/testing/bare-org';
import { useDatabase } from '@/scripts/testing/database';
import { leaveDoor } from './doors';
import type { LeadSettings } from './settings';
import { confirm, subscribe } from './subscribe';
import { TEMPLATES } from './templates/all';
import { sendTemplates } from './weekly';

useDatabase();
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await aMailbox();
});
afterAll(async () => {
  closeMail();
  await mailbox.close();
});

const on = (): LeadSettings => ({ endpoint: undefined, secret: undefined, smtpUrl: mailbox.url, email: undefined });
/** A mail as it reads: long lines that were folded are whole again. */
const readable = (raw: string): string =>
  raw
    .replace(/=\r?\n/g, '')
    .replaceAll('=3D', '=')
    .replace(/\r?\n[ \t]+/g, ' ');
const tokenIn = (raw: string, path: string): string =>
  decodeURIComponent(new RegExp(`${path}\\?token=([\\w.%-]+)`).exec(readable(raw))?.[1] ?? '');
const week = (n: number): Instant => plus(NOON, days(7 * n));

/** One click of a mail program: a POST of the RFC's form, without any sign-in. */
const click = (token: string) =>
  leaveDoor.handle(
    new Request(`http://localhost/api/v1/subscriptions/unsubscribe?token=${encodeURIComponent(token)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    }),
    {},
  );

it('double opt-in, one-click out', async () => {
  await subscribe({ email: 'ada@acme.test' }, on(), NOON);
  const asked = mailbox.mails.at(-1);
  expect(asked?.to).toEqual(['ada@acme.test']);
  // Nothing before the yes.
  expect(await sendTemplates(on(), week(0))).toBe(0);
  const yes = tokenIn(asked?.raw ?? '', '/guides/templates/confirm');
  const [id = ''] = yes.split('.');
  for (const wrong of [`${yes}x`, yes.replace(/.$/, ''), `${id}.x`, signLink('leave subscription', id)])
    await expect(confirm(wrong, NOON)).rejects.toMatchObject({ code: 'subscription.not_found' });
  expect(await confirm(yes, NOON)).toEqual({ state: 'active' });
  expect(await confirm(yes, NOON)).toEqual({ state: 'active' });

  expect(await sendTemplates(on(), week(0))).toBe(1);
  const first = mailbox.mails.at(-1)?.raw ?? '';
  expect(readable(first)).toContain(`Template 1 of 12: ${TEMPLATES[0]?.title}`);
  expect(readable(first)).toMatch(/List-Unsubscribe: <http[^>]+unsubscribe\?token=/);
  expect(first).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  // One a week, each once, whoever else is sending.
  expect(await Promise.all([sendTemplates(on(), week(0)), sendTemplates(on(), plus(week(0), days(6.9)))])).toEqual([0, 0]);
  const sent = await Promise.all([sendTemplates(on(), week(1)), sendTemplates(on(), week(1))]);
  expect((sent[0] ?? 0) + (sent[1] ?? 0)).toBe(1);
  expect(readable(mailbox.mails.at(-1)?.raw ?? '')).toContain('Template 2 of 12');

  const out = tokenIn(first, '/api/v1/subscriptions/unsubscribe');
  expect((await click(`${out}x`)).status).toBe(404);
  for (let i = 0; i < 2; i++) expect((await click(out)).status).toBe(200);
  expect(await reader().query('SELECT email, state FROM subscriber WHERE id = $1', [id])).toEqual([{ email: null, state: 'left' }]);
  expect(await sendTemplates(on(), week(2))).toBe(0);
  await expect(confirm(yes, week(2))).rejects.toMatchObject({ code: 'subscription.not_found' });
});

it('asking twice tells nobody anything; a link that is a week old opens nothing, and its address is gone', async () => {
  const before = mailbox.mails.length;
  const answers = [await subscribe({ email: 'bob@acme.test' }, on(), NOON)];
  const yes = tokenIn(mailbox.mails.at(-1)?.raw ?? '', '/guides/templates/confirm');
  await confirm(yes, NOON);
  answers.push(await subscribe({ email: 'bob@acme.test' }, on(), plus(NOON, minutes(10))));
  expect(answers).toEqual([answers[0], answers[0]]);
  // Both times a mail: the second says that they come already, and how they end.
  expect(mailbox.mails.length - before).toBe(2);
  expect(readable(mailbox.mails.at(-1)?.raw ?? '')).toContain('They come already.');
  expect(tokenIn(mailbox.mails.at(-1)?.raw ?? '', '/guides/templates/leave')).not.toBe('');
  await subscribe({ email: 'late@acme.test' }, on(), NOON);
  const late = tokenIn(mailbox.mails.at(-1)?.raw ?? '', '/guides/templates/confirm');
  await expect(confirm(late, plus(NOON, days(7)))).rejects.toMatchObject({ code: 'subscription.not_found' });
  await sendTemplates({ ...on(), smtpUrl: undefined }, plus(NOON, days(8)));
  expect(await reader().query(`SELECT FROM subscriber WHERE email = 'late@acme.test'`)).toEqual([]);
});

it('an address that somebody types in again and again gets a mail in ten minutes, and one that failed does not count', async () => {
  const toZoe = () => mailbox.mails.filter((each) => each.to[0] === 'zoe@acme.test').length;
  const ask = (after: number) => subscribe({ email: 'zoe@acme.test' }, on(), plus(NOON, minutes(after)));
  mailbox.refuse(451);
  await expect(ask(0)).rejects.toMatchObject({ code: 'lead.not_delivered' });
  mailbox.refuse(null);
  const answers = await Promise.all([ask(1), ask(1.5), ask(9)]);
  expect(answers).toEqual(answers.map(() => ({ kind: 'confirm', href: null })));
  expect(toZoe()).toBe(1);
  await ask(21);
  expect(toZoe()).toBe(2);
});

it('one that the mail server does not take comes again', async () => {
  await subscribe({ email: 'eve@acme.test' }, on(), NOON);
  await confirm(tokenIn(mailbox.mails.at(-1)?.raw ?? '', '/guides/templates/confirm'), NOON);
  await sendTemplates({ ...on() }, week(20));
  mailbox.refuse(451);
  expect(await sendTemplates(on(), week(21))).toBe(0);
  mailbox.refuse(null);
  expect(await sendTemplates(on(), plus(week(21), hours(0.5)))).toBe(0);
  expect(await sendTemplates(on(), plus(week(21), hours(1.5)))).toBeGreaterThan(0);
  const mine = mailbox.mails
    .filter((each) => each.to[0] === 'eve@acme.test')
    .map((each) => /Template (\d+) of/.exec(readable(each.raw))?.[1]);
  expect(mine.filter(Boolean)).toEqual(['1', '2']);
});

it('one that is refused for good is not sent again: the next one follows it in a week', async () => {
  await subscribe({ email: 'gone@acme.test' }, on(), NOON);
  await confirm(tokenIn(mailbox.mails.at(-1)?.raw ?? '', '/guides/templates/confirm'), NOON);
  const mine = () =>
    mailbox.mails
      .filter((each) => each.to[0] === 'gone@acme.test')
      .flatMap((each) => /Template (\d+) of/.exec(readable(each.raw))?.[1] ?? []);
  const sentOf = () => reader().query(`SELECT sent FROM subscriber WHERE email = 'gone@acme.test'`);
  mailbox.refuse(550);
  expect(await sendTemplates(on(), week(40))).toBe(0);
  expect(await sentOf()).toEqual([{ sent: 1 }]);
  mailbox.refuse(null);
  await sendTemplates(on(), plus(week(40), hours(1.5)));
  expect(mine()).toEqual([]);
  await sendTemplates(on(), week(41));
  expect(mine()).toEqual(['2']);
  mailbox.refuse(550);
  for (let n = 42; n < 60; n++) await sendTemplates(on(), week(n));
  expect(await sentOf()).toEqual([{ sent: TEMPLATES.length }]);
  mailbox.refuse(null);
});

it('there are twelve templates, three of each group, each whole', () => {
  expect(TEMPLATES).toHaveLength(12);
  for (const group of ['rollout', 'governance', 'procurement', 'operations'])
    expect(TEMPLATES.filter((each) => each.group === group)).toHaveLength(3);
  expect(new Set(TEMPLATES.map((each) => each.slug)).size).toBe(12);
  for (const { body, when } of TEMPLATES)
    expect([body.length > 400, /[.:]$/.test(when), body.includes('____')]).toEqual([true, true, true]);
});
