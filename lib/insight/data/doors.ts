import { z } from 'zod';
import { door } from '@/lib/http/door';
import { fromDate, toIso } from '@/lib/kernel/instant';
import { page, pageOf, pageQuery, placeOf } from '@/lib/kernel/pages';
import { momentIn } from '../records';
import { rejectedRecords, secondSources } from './health';
import { dataHealthOut, readDataHealth } from './reads';

const text = z.string();

export const dataHealthDoor = door({
  method: 'GET',
  path: '/api/v1/data',
  right: 'data.read',
  tag: 'Data',
  summary: 'How the data stands: sources and their lag, what has no price, what came late, twice or wrong in the last 31 days',
  answer: dataHealthOut,
  run: (ctx) => readDataHealth(ctx),
});

const rejectedOut = z.object({
  ...{ id: text, receivedAt: text, source: text, eventId: text.nullable(), code: text, pointer: text, detail: text },
  body: z.unknown(),
});
export type RejectedOut = z.output<typeof rejectedOut>;

export const listRejectedDoor = door({
  method: 'GET',
  path: '/api/v1/data/rejected',
  right: 'data.read',
  tag: 'Data',
  summary: 'Records that were not taken, newest first, with what is wrong and as they came',
  query: z.strictObject({ ...pageQuery, code: text.max(100).optional() }),
  answer: pageOf(rejectedOut),
  async run(ctx, { query }) {
    const after = placeOf(query.cursor, 1)?.[0];
    const rows = await rejectedRecords(ctx.orgId, query.code, after === undefined ? null : String(after), query.limit + 1);
    return page(
      rows,
      query.limit,
      (row) => ({ ...row, receivedAt: toIso(fromDate(row.receivedAt)) }),
      (row) => [row.id],
    );
  },
});

const secondOut = z.object({
  ...{ eventId: text, provider: text, responseId: text, source: text, receivedAt: text, amountNanoUsd: text, differenceNanoUsd: text },
});
export type SecondSourceOut = z.output<typeof secondOut>;

export const listSecondSourcesDoor = door({
  method: 'GET',
  path: '/api/v1/data/second-sources',
  right: 'data.read',
  tag: 'Data',
  summary: 'What a second source said of calls that were booked already; it adds no money',
  query: z.strictObject({ ...pageQuery, differing: z.stringbool().default(false) }),
  answer: pageOf(secondOut),
  async run(ctx, { query }) {
    const place = placeOf(query.cursor, 2);
    const after = place === null ? null : { at: momentIn(place[0]), id: String(place[1]) };
    const rows = await secondSources(ctx.tx, ctx.orgId, query.differing, after, query.limit + 1);
    const itemOf = ({ amountNano, differenceNano, receivedAt, ...rest }: (typeof rows)[number]) => ({
      ...rest,
      receivedAt: toIso(receivedAt),
      amountNanoUsd: String(amountNano),
      differenceNanoUsd: String(differenceNano),
    });
    return page(rows, query.limit, itemOf, (row) => [row.receivedAt, row.eventId]);
  },
});
