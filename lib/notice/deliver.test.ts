import { describe, expect, it } from 'vitest';
import { plus, seconds } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { useDatabase } from '@/scripts/testing/database';
import { endChannel } from './channel/change';
import { makeChannel } from './channel/make';
import type { ChannelIn } from './channel/schema';
import { claimDue, LEASE } from './claim';
import { deliverDue } from './deliver';
import { readNotice } from './reads';
import { aNotice, deliverAll, webhookTo, write } from './testing/delivering';
import { aReceiver, type Receiver } from './testing/receiver';
import { cancelNotices, type NewNotice } from './write';

process.env.HARDSTOP_EGRESS_ALLOW = '127.0.0.0/8';
useDatabase();

describe('delivery', () => {
  it('makes an attempt again of which nobody knows what came, under the same id', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const [id] = await write(org, aNotice((await webhookTo(org, receiver)).id));
    // A worker takes it and dies before it says what came of it.
    expect(await claimDue(org.now, 10)).toMatchObject([{ id, n: 1 }]);
    expect(await deliverDue(plus(org.now, seconds(59)))).toEqual({ delivered: 0, failed: 0 });
    expect(await deliverDue(plus(org.now, LEASE))).toEqual({ delivered: 1, failed: 0 });
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([id]);
    expect(await readNotice(org.ctx(), id as string)).toMatchObject({ state: 'delivered', attempts: [{ ok: null }, { ok: true }] });
  });

  it('sends each notice once when two workers run at the same time', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const channel = await webhookTo(org, receiver);
    const ids = await write(org, ...Array.from({ length: 24 }, (_, n) => aNotice(channel.id, { key: `n${n}` })));
    for (let delivered = 0; delivered < ids.length; ) {
      const both = await Promise.all([deliverDue(org.now, 4), deliverDue(org.now, 4)]);
      delivered += both.reduce((sum, each) => sum + each.delivered, 0);
    }
    expect(receiver.got.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.sort());
  });

  it('leaves out what was cancelled, and what a channel that ended had still to send', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const channel = await webhookTo(org, receiver);
    await write(org, aNotice(channel.id), aNotice(channel.id, { key: 'other', breachId: 'brc_2' }));
    await org.run((ctx) => cancelNotices(ctx, { breachId: 'brc_1' }));
    await org.run((ctx) => endChannel(ctx, channel.id, 'moved'));
    expect(await deliverAll(org)).toEqual([]);
    expect(receiver.got).toEqual([]);
  });

  it('keeps a receiver that hangs from keeping another one waiting', async () => {
    const [org, slow, quick] = [await anOrg(), await aReceiver(() => 500), await aReceiver()];
    const [a, b] = [await webhookTo(org, slow), await webhookTo(org, quick)];
    await write(org, ...Array.from({ length: 60 }, (_, n) => aNotice(a.id, { key: `slow ${n}` })), aNotice(b.id, { key: 'quick' }));
    await deliverDue(org.now, 50);
    expect([slow.got.length, quick.got.length]).toEqual([5, 1]);
  });
});

describe('other channels', () => {
  const sent = async (org: TestOrg, input: ChannelIn, receiver: Receiver, more: Partial<NewNotice> = {}) => {
    const channel = await org.run((ctx) => makeChannel(ctx, input));
    await write(org, aNotice(channel.id, { key: `${input.kind}/${more.kind ?? ''}`, ...more }));
    await deliverDue(org.now);
    return JSON.parse(receiver.got.at(-1)?.body as string);
  };

  it('Slack reads text without its own signs, and a button', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const { url } = receiver;
    const body = await sent(org, { kind: 'slack', name: 'Slack', config: { url } }, receiver, { text: '<!channel> a & b' });
    expect(body.blocks[1].text.text).toBe('&lt;!channel&gt; a &amp; b');
    expect(body.blocks[2].elements[0].url).toBe('http://hardstop.test/breaches/brc_1');
  });

  it('Teams reads one adaptive card', async () => {
    const [org, receiver] = [await anOrg(), await aReceiver()];
    const body = await sent(org, { kind: 'teams', name: 'Teams', config: { url: receiver.url } }, receiver);
    expect(body.attachments[0].content).toMatchObject({ type: 'AdaptiveCard', body: [{ text: 'support-bot stopped 03:12' }, {}, {}] });
  });

  it.each([
    ['breach.opened', 'trigger'],
    ['breach.climbed', 'trigger'],
    ['breach.acknowledged', 'acknowledge'],
    ['breach.closed', 'resolve'],
  ])('PagerDuty makes of %s a %s of one incident', async (kind, action) => {
    const [org, receiver] = [await anOrg(), await aReceiver(() => 202)];
    const config = { routingKey: 'R0UT1NGK3YR0UT1NGK3YR0UT1NGK3Y00', url: receiver.url };
    const body = await sent(org, { kind: 'pagerduty', name: 'Pager', config }, receiver, { kind });
    expect(body).toMatchObject({ event_action: action, dedup_key: 'brc_1', routing_key: config.routingKey });
  });
});
