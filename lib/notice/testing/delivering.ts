import { reader } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import type { TestOrg } from '@/lib/testing/an-org';
import { makeChannel } from '../channel/make';
import { deliverDue } from '../deliver';
import { type NewNotice, writeNotices } from '../write';
import type { Receiver } from './receiver';

/** A webhook of ours that leads to a receiver. */
export const webhookTo = async (org: TestOrg, { url }: Pick<Receiver, 'url'>) =>
  org.run((ctx) => makeChannel(ctx, { kind: 'webhook', name: 'Ours', config: { url } }));

/** A notice about a breach to a channel. */
export const aNotice = (channel: string, more: Partial<NewNotice> = {}): NewNotice => ({
  key: 'brc_1/opened',
  kind: 'breach.opened',
  target: { channel },
  breachId: 'brc_1',
  title: 'support-bot stopped 03:12',
  text: 'It reached 95 % of its budget.',
  link: '/breaches/brc_1',
  data: { chargedNanoUsd: '950000000' },
  ...more,
});

/** Writes notices. @returns the ids of the rows */
export const write = async (org: TestOrg, ...notices: NewNotice[]): Promise<string[]> =>
  (await org.run((ctx) => writeNotices(ctx, notices))).map(({ id }) => id);

/** Delivers at each moment at which something of this organisation is due, until nothing is. @returns those moments */
export async function deliverAll(org: TestOrg): Promise<Instant[]> {
  const at: Instant[] = [];
  for (;;) {
    const [due] = await reader().query<{ at: Instant | null }>('SELECT min(next_attempt_at) AS at FROM notice WHERE org_id = $1', [
      org.orgId,
    ]);
    if (!due?.at) return at;
    at.push(due.at);
    await deliverDue(due.at);
  }
}
