import { z } from 'zod';
import { door } from '@/lib/http/door';
import { keyOf } from '../decide/doors';
import { endLease } from './end';
import { giveLease } from './give';
import { leaseEnded, leaseIn, leaseOut, leaseSettled, leaseSettleIn } from './schema';
import { settleLease } from './settle';

const params = z.object({ id: z.string() });
const tag = 'Leases';

/** `POST /api/v1/leases`: sets money aside for many calls, or says why not. */
export const giveLeaseDoor = door({
  method: 'POST',
  path: '/api/v1/leases',
  right: 'spend.authorize',
  tag,
  summary: 'Sets a second of spend aside for many calls, on which the program then decides by itself',
  hot: true,
  body: leaseIn,
  answer: leaseOut,
  run: (ctx, { body }) => giveLease(ctx, keyOf(ctx), body),
});

/** `POST /api/v1/leases/{id}/settle`: books what calls under a lease used, and fills it up again. */
export const settleLeaseDoor = door({
  method: 'POST',
  path: '/api/v1/leases/{id}/settle',
  right: 'spend.authorize',
  tag,
  summary: 'Books the calls of a lease that have ended, and fills it up again; at least once a second',
  hot: true,
  params,
  body: leaseSettleIn,
  answer: leaseSettled,
  run: (ctx, { params: { id }, body }) => settleLease(ctx, keyOf(ctx), id, body),
});

/** `DELETE /api/v1/leases/{id}`: gives back what is left. */
export const endLeaseDoor = door({
  method: 'DELETE',
  path: '/api/v1/leases/{id}',
  right: 'spend.authorize',
  tag,
  summary: 'Ends a lease: what is left goes back, what was under way is presumed spent',
  hot: true,
  params,
  answer: leaseEnded,
  run: (ctx, { params: { id } }) => endLease(ctx, keyOf(ctx).pins, id),
});
