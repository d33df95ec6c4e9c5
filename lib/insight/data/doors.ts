import { z } from 'zod';
import { door } from '@/lib/http/door';
import { toIso } from '@/lib/kernel/instant';
import { page, pageOf, pageQuery, placeOf } from '@/lib/kernel/pages';
import { momentIn } from '../records';
import { dataCounts, rejectedRecords, secondSources, sourcesOf, unpricedGroups } from './health';

const text = z.string();
const count = z.number();

const sourceOut = z.object({
  ...{ source: text, apiKeyId: text, keyName: text.nullable(), lastOccurredAt: text, lastReceivedAt: text },
  ...{ accepted: count, duplicates: count, rejected: count, late: count, lagSeconds: count, stale: z.boolean() },
});
const unpricedOut = z.object({ provider: text, model: text, calls: count, upperNanoUsd: text, units: z.array(text), since: text });
const countsOut = z.object({ lateCalls: count, rejected: count, secondSources: count, differing: count, differenceNanoUsd: text });

export const dataHealthDoor = door({
  method: 'GET',
  path: '/api/v1/data',
  right: 'data.read',
  tag: 'Data',
  summary: 'How the data stands: sources and their lag, what has no price, what came late, twice or wrong in the last 31 days',
  answer: z.object({ sources: z.array(sourceOut), unpriced: z.array(unpricedOut), counts: countsOut }),
  async run(ctx) {
    const sources = await sourcesOf(ctx.tx, ctx.orgId, ctx.now);
    const unpriced = await unpricedGroups(ctx.tx, ctx.orgId);
    const { differenceNano, ...counts } = await dataCounts(ctx.tx, ctx.orgId, ctx.now);
    return {
      sources: sources.map((each) => ({
        ...each,
        lastOccurredAt: toIso(each.lastOccurredAt),
        lastReceivedAt: toIso(each.lastReceivedAt),
        accepted: Number(each.accepted),
        duplicates: Number(each.duplicates),
        rejected: Number(each.rejected),
        late: Number(each.late),
      })),
      unpriced: unpriced.map(({ upperNano, calls, since, ...rest }) => ({
        ...rest,
        calls: Number(calls),
        upperNanoUsd: String(upperNano),
        since: toIso(since),
      })),
      counts: {
        lateCalls: Number(counts.lateCalls),
        rejected: Number(counts.rejected),
        secondSources: Number(counts.secondSources),
        differing: Number(counts.differing),
        differenceNanoUsd: String(differenceNano),
      },
    };
  },
});

const rejectedOut = z.object({
  ...{ id: text, receivedAt: text, source: text, eventId: text.nullable(), code: text, pointer: text, detail: text },
  body: z.unknown(),
});

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
    const rows = await rejectedRecords(ctx.tx, ctx.orgId, query.code ?? null, after === undefined ? null : String(after), query.limit + 1);
    return page(
      rows,
      query.limit,
      (row) => ({ ...row, receivedAt: toIso(row.receivedAt) }),
      (row) => [row.id],
    );
  },
});

const secondOut = z.object({
  ...{ eventId: text, provider: text, responseId: text, source: text, receivedAt: text, amountNanoUsd: text, differenceNanoUsd: text },
});

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
