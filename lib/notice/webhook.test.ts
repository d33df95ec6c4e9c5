import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { type Instant, plus, seconds, toIso } from '@/lib/kernel/instant';
import { anOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { changeChannel, rotateSecret } from './channel/change';
import { readChannel } from './channel/reads';
import { deliverDue } from './deliver';
import { readMine, readNotice } from './reads';
import { resendNotice } from './resend';
import { MOST_ATTEMPTS } from './retry';
import { aNotice, deliverAll, webhookTo, write } from './testing/delivering';
import { aReceiver, type Receiver } from './testing/receiver';

process.env.HARDSTOP_EGRESS_ALLOW = '127.0.0.0/8';
useDatabase();

describe('a webhook', () => {
  it('gets a notice signed as Standard Webhooks says', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const channel = await webhookTo(org, receiver);
    const [id] = await write(org, aNotice(channel.id));
    const now = new Date();
    await deliverDue((now.getTime() * 1_000) as Instant);
    const [got] = receiver.got;
    expect(got?.headers['webhook-id']).toBe(id);
    const hook = new Webhook(channel.secret as string);
    expect(hook.verify(got?.body as string, got?.headers ?? {})).toMatchObject({
      type: 'breach.opened',
      timestamp: toIso(org.now),
      data: { breachId: 'brc_1', chargedNanoUsd: '950000000', link: 'http://hardstop.test/breaches/brc_1' },
    });
    expect(() => hook.verify(`${got?.body} `, got?.headers ?? {})).toThrow('No matching signature');
    expect(await readNotice(org.ctx(), id as string)).toMatchObject({ state: 'delivered', attempts: [{ n: 1, ok: true }] });
  });

  it('is signed with the old secret too until a day after it was replaced', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const old = await webhookTo(org, receiver);
    const now = (Date.now() * 1_000) as Instant;
    const next = await org.run((ctx) => rotateSecret(ctx, old.id), now);
    expect(next.secret).not.toBe(old.secret);
    const verifies = (secret: string | null, nth: number) => {
      const { body, headers } = receiver.got[nth] as Receiver['got'][number];
      const timestamp = new Date(Number(headers['webhook-timestamp']) * 1_000);
      return headers['webhook-signature']
        ?.split(' ')
        .includes(new Webhook(secret as string).sign(headers['webhook-id'] as string, timestamp, body));
    };
    await write(org, aNotice(old.id, { dueAt: now }));
    await deliverDue(now);
    expect([verifies(old.secret, 0), verifies(next.secret, 0)]).toEqual([true, true]);
    const later = plus(now, seconds(86_401));
    await write(org, aNotice(old.id, { key: 'later', dueAt: later }));
    await deliverDue(later);
    expect([verifies(old.secret, 1), verifies(next.secret, 1)]).toEqual([false, true]);
  });

  it.each([
    ['answers 500', () => 500 as const],
    ['cuts the connection', () => 'cut' as const],
    ['redirects', () => ({ status: 307, headers: { location: '/elsewhere' } })],
  ])('that %s is tried again under the same id, then left to a person, and the admins are told', async (_, behaviour) => {
    const [org, receiver] = [await anOrg(), await aReceiver(behaviour)];
    const channel = await webhookTo(org, receiver);
    const [id] = await write(org, aNotice(channel.id));
    expect(await deliverAll(org)).toHaveLength(MOST_ATTEMPTS);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
    expect(receiver.got.map(({ path }) => path)).toEqual(Array(MOST_ATTEMPTS).fill('/'));
    const dead = await readNotice(org.ctx(), id as string);
    expect(dead).toMatchObject({ state: 'dead', nextAttemptAt: null });
    expect(dead.attempts.map(({ ok }) => ok)).toEqual(Array(MOST_ATTEMPTS).fill(false));
    const { items } = await readMine(org.ctx());
    expect(items).toMatchObject([{ kind: 'notice.dead', readAt: null }]);

    receiver.behave(() => 204);
    await org.run((ctx) => resendNotice(ctx, id as string));
    await deliverAll(org);
    const attempts = Array(MOST_ATTEMPTS).fill({ ok: false });
    expect(await readNotice(org.ctx(), id as string)).toMatchObject({ state: 'delivered', attempts: [...attempts, { ok: true }] });
    expect(receiver.got.at(-1)?.headers['webhook-id']).toBe(id);
  });

  it('that answers 410 is switched off, and what waits for it is given up', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver(() => 410)];
    const channel = await webhookTo(org, receiver);
    const later = { key: 'later', dueAt: plus(org.now, seconds(60)) };
    const [id, waiting] = await write(org, aNotice(channel.id), aNotice(channel.id, later));
    await deliverAll(org);
    expect(receiver.got).toHaveLength(1);
    expect(await readChannel(org.ctx(), channel.id)).toMatchObject({ disabledWhy: expect.stringContaining('gone') });
    for (const each of [id, waiting]) expect(await readNotice(org.ctx(), each as string)).toMatchObject({ state: 'dead' });
    const [third] = await write(org, aNotice(channel.id, { key: 'third' }));
    expect(await readNotice(org.ctx(), third as string)).toMatchObject({ state: 'dead', attempts: [] });
    expect((await readMine(org.ctx())).items.map(({ kind }) => kind)).toContain('channel.disabled');
    await expect(org.run((ctx) => resendNotice(ctx, id as string))).rejects.toThrow('Switch its channel on');

    receiver.behave(() => 200);
    await org.run((ctx) => changeChannel(ctx, channel.id, { enabled: true }, null));
    await org.run((ctx) => resendNotice(ctx, id as string));
    await deliverAll(org);
    expect(await readNotice(org.ctx(), id as string)).toMatchObject({ state: 'delivered' });
  });

  it('that asks for a longer rest gets it', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver(() => ({ status: 429, headers: { 'retry-after': '120' } }))];
    const [id] = await write(org, aNotice((await webhookTo(org, receiver)).id));
    await deliverDue(org.now);
    const { nextAttemptAt } = await readNotice(org.ctx(), id as string);
    expect(Date.parse(nextAttemptAt as string) * 1_000 - org.now).toBeGreaterThanOrEqual(seconds(120));
  });

  it('in a private network is refused, once and for all', async () => {
    const org = await anOrg();
    const [id] = await write(org, aNotice((await webhookTo(org, { url: 'https://10.0.0.1/hook' })).id));
    await deliverDue(org.now);
    expect(await readNotice(org.ctx(), id as string)).toMatchObject({
      state: 'dead',
      attempts: [{ ok: false, detail: expect.stringContaining('HARDSTOP_EGRESS_ALLOW') }],
    });
  });
});
