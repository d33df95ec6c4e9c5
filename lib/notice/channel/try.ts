import type { Caller } from '@/lib/context';
import { attempt, reading } from '@/lib/http/attempt';
import { Fault } from '@/lib/kernel/fault';
import { makeId } from '@/lib/kernel/ids';
import { deliverOne } from '../deliver';
import { readNotice } from '../reads';
import type { NoticeOut } from '../schema';
import { writeNotices } from '../write';
import { channelFrom, readChannel } from './reads';

/**
 * Sends a test notice by a channel and waits for what comes of it. One that fails is tried again like any other notice.
 * @throws Fault channel.not_found · channel.not_live
 */
export async function tryChannel(caller: Caller, id: string): Promise<NoticeOut> {
  const noticeId = await attempt(caller, async (ctx) => {
    const channel = channelFrom(await readChannel(ctx, id));
    if (channel.state !== 'live') throw new Fault('channel.not_live', channel.disabledWhy ?? 'This channel has ended: make another.');
    const [written] = await writeNotices(ctx, [
      {
        key: `test/${makeId('ntc', ctx.now)}`,
        kind: 'channel.test',
        target: { channel: id },
        title: `Test of "${channel.name}"`,
        text: `${ctx.actor.name} sent this to see that notices arrive here. Nothing has happened, and nothing needs to be done.`,
        link: '/settings/channels',
      },
    ]);
    return written?.id as string;
  });
  await deliverOne(noticeId, (await reading(caller)).now);
  return readNotice(await reading(caller), noticeId);
}
