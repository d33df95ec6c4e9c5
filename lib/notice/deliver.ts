import { acknowledgeUrl } from '@/lib/auth/signed-link';
import { type Instant, instant } from '@/lib/kernel/instant';
import { openChannel } from './channel/sealed';
import { type Claimed, claimDue, OF_ONE_WAY, wayOf } from './claim';
import { record } from './record';
import { sendSlack, sendTeams } from './send/chat';
import { sendEmail } from './send/email';
import { type Message, type Sent, wholeLink } from './send/message';
import { sendPager } from './send/pagerduty';
import { sendWebhook } from './send/webhook';

function messageOf(claimed: Claimed): Message {
  const { acknowledgeLinkId, ...data } = claimed.data as { acknowledgeLinkId?: string };
  return {
    ...{ id: claimed.id, kind: claimed.kind, organisation: claimed.organisation, title: claimed.title, text: claimed.body },
    ...{ link: wholeLink(claimed.link), breachId: claimed.breachId, data, at: claimed.createdAt },
    acknowledge: acknowledgeLinkId === undefined ? null : acknowledgeUrl(acknowledgeLinkId),
  };
}

/** Makes one attempt. A receiver that fails is an outcome; only a bug throws. */
async function send(claimed: Claimed, now: Instant): Promise<Sent> {
  const message = messageOf(claimed);
  if (claimed.memberEnded) return { ok: false, detail: 'This member has left.', isFinal: true };
  if (claimed.closedWhy !== null) return { ok: false, detail: claimed.closedWhy, isFinal: true };
  if (claimed.via === 'app') return { ok: true, detail: 'In the app.' };
  if (claimed.memberId !== null) return sendEmail(message, [claimed.email as string]);
  const opened = openChannel(claimed.sealed as string, claimed.orgId, claimed.channelId as string);
  switch (opened.kind) {
    case 'email':
      return sendEmail(message, opened.addresses);
    case 'webhook': {
      const previous = opened.previous !== undefined && opened.previous.until > now ? [opened.previous.secret] : [];
      return sendWebhook(message, { url: opened.url, secrets: [opened.secret, ...previous] }, now);
    }
    case 'slack':
      return sendSlack(message, opened.url);
    case 'teams':
      return sendTeams(message, opened.url);
    case 'pagerduty':
      return sendPager(message, opened);
  }
}

const BUG: Sent = { ok: false, detail: 'This could not be sent because of a fault of ours; it is tried again.' };

async function deliver(claimed: Claimed, now: Instant, log: (error: unknown) => void): Promise<boolean> {
  const begun = performance.now();
  const sent = await send(claimed, now).catch((error: unknown) => {
    log(error);
    return BUG;
  });
  const ms = Math.round(performance.now() - begun);
  await record(claimed, sent, instant(now + ms * 1_000), ms);
  return sent.ok;
}

/** What a run came to. */
export type Delivered = { delivered: number; failed: number };

/**
 * Delivers notices that are due, at least once each: an attempt is written down before it is made and its outcome after. Who dies
 * between the two leaves a notice that is due again a minute later, under the same id.
 * @param now what time it is · @param most how many to take at once · @param log hears of what should not happen
 */
export async function deliverDue(now: Instant, most = 50, log: (error: unknown) => void = () => undefined): Promise<Delivered> {
  const outcomes = await Promise.all((await claimDue(now, most)).map((claimed) => deliver(claimed, now, log)));
  const delivered = outcomes.filter(Boolean).length;
  return { delivered, failed: outcomes.length - delivered };
}

/** Delivers one notice now, if it is due: for a person who waits for the outcome. */
export async function deliverOne(id: string, now: Instant): Promise<void> {
  for (const claimed of await claimDue(now, 1, { only: id })) await deliver(claimed, now, () => undefined);
}

const MOST_UNDER_WAY = 100;

/** Deliveries of a process that goes on: a receiver that takes its time does not keep the next round waiting. */
export type Deliveries = {
  /** Begins what is due and there is room for; does not wait for its outcome. */
  begin(now: Instant): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

export function deliveries(log: (error: unknown) => void): Deliveries {
  const underWay = new Map<Promise<unknown>, string>();
  const busy = () => [...Map.groupBy(underWay.values(), (way) => way)].filter(([, all]) => all.length >= OF_ONE_WAY).map(([way]) => way);
  return {
    async begin(now) {
      for (;;) {
        const room = MOST_UNDER_WAY - underWay.size;
        const taken = room > 0 ? await claimDue(now, room, { busy: busy() }) : [];
        if (taken.length === 0) return;
        for (const claimed of taken) {
          const going = deliver(claimed, now, log).catch(log);
          underWay.set(going, wayOf(claimed));
          void going.finally(() => underWay.delete(going));
        }
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay.keys());
    },
  };
}
