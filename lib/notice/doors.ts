import { z } from 'zod';
import { door } from '@/lib/http/door';
import { listNotices, readMine, readNotice } from './reads';
import { resendNotice } from './resend';
import { mineOut, noticeOut, noticesOut, noticesQuery, seenIn } from './schema';
import { markSeen } from './seen';

const tag = 'Notices';
const params = z.strictObject({ id: z.string().min(1).max(100) });

export const getNotices = door({
  method: 'GET',
  path: '/api/v1/notices',
  right: 'notice.read',
  tag,
  summary: 'Everything that was sent or is to be, newest first, with every attempt.',
  query: noticesQuery,
  answer: noticesOut,
  run: (ctx, { query }) => listNotices(ctx, query),
});

export const getMyNotices = door({
  method: 'GET',
  path: '/api/v1/notices/mine',
  right: 'notice.own',
  tag,
  summary: 'What the bell shows: what you were told in the app, and how much of it you have not seen.',
  answer: mineOut,
  run: (ctx) => readMine(ctx),
});

export const postSeen = door({
  method: 'POST',
  path: '/api/v1/notices/seen',
  right: 'notice.own',
  tag,
  summary: 'Mark what you were told in the app as seen, up to a notice.',
  body: seenIn,
  answer: z.object({ seen: z.number() }),
  run: async (ctx, { body }) => ({ seen: await markSeen(ctx, body.upTo) }),
});

export const getNotice = door({
  method: 'GET',
  path: '/api/v1/notices/{id}',
  right: 'notice.read',
  tag,
  summary: 'One notice with its attempts.',
  params,
  answer: noticeOut,
  run: (ctx, { params: { id } }) => readNotice(ctx, id),
});

export const postResend = door({
  method: 'POST',
  path: '/api/v1/notices/{id}/resend',
  right: 'notice.write',
  tag,
  summary: 'Send a notice again that was given up.',
  params,
  answer: noticeOut,
  run: (ctx, { params: { id } }) => resendNotice(ctx, id),
});
