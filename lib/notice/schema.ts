import { z } from 'zod';
import { pageOf, pageQuery } from '@/lib/kernel/pages';

export const CHANNEL_KINDS = ['email', 'webhook', 'slack', 'teams', 'pagerduty'] as const;
/** What a channel leads to. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const VIAS = ['app', ...CHANNEL_KINDS] as const;
/** How one notice travels: read in the app, or by one kind of channel. */
export type Via = (typeof VIAS)[number];

export const NOTICE_STATES = ['waiting', 'delivered', 'failed', 'dead', 'cancelled'] as const;
/** `failed` is tried again at `nextAttemptAt`; `dead` only when a person says so. */
export type NoticeState = (typeof NOTICE_STATES)[number];

export const attemptOut = z.object({
  n: z.number(),
  at: z.string(),
  ok: z.boolean().nullable().describe('null while it is under way, or where it died on the way and is made again.'),
  detail: z.string().nullable(),
  ms: z.number().nullable(),
});

export const noticeOut = z.object({
  ...{ id: z.string(), createdAt: z.string(), etag: z.string(), kind: z.string(), via: z.enum(VIAS), state: z.enum(NOTICE_STATES) },
  target: z.object({ kind: z.enum(['member', 'channel']), id: z.string(), name: z.string() }),
  breachId: z.string().nullable(),
  ...{ title: z.string(), text: z.string(), link: z.string() },
  ...{ dueAt: z.string(), nextAttemptAt: z.string().nullable(), deliveredAt: z.string().nullable(), readAt: z.string().nullable() },
  attempts: z.array(attemptOut),
});
export type NoticeOut = z.output<typeof noticeOut>;

export const noticesOut = pageOf(noticeOut);
export const noticesQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(NOTICE_STATES).optional(),
  via: z.enum(VIAS).optional(),
  channelId: z.string().max(100).optional(),
  breachId: z.string().max(100).optional(),
});

export const mineOut = z.object({ items: z.array(noticeOut), unread: z.number() });
export type Mine = z.output<typeof mineOut>;
export const seenIn = z.strictObject({ upTo: z.string().min(1).max(100).describe('The newest notice that was seen.') });
