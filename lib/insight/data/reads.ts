import { z } from 'zod';
import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { dataCounts, rejectedByCode, sourcesOf, unpricedGroups } from './health';

const text = z.string();
const count = z.number();

const sourceOut = z.object({
  ...{ source: text, apiKeyId: text, keyName: text.nullable(), lastOccurredAt: text, lastReceivedAt: text },
  ...{ accepted: count, duplicates: count, rejected: count, late: count, lagSeconds: count, stale: z.boolean() },
});
const unpricedOut = z.object({ provider: text, model: text, calls: count, upperNanoUsd: text, units: z.array(text), since: text });
/** Records rejected in the last 31 days by what is wrong with them, the most frequent first. */
const rejectedCodeOut = z.object({ code: text, records: count });
const countsOut = z.object({ lateCalls: count, rejected: count, secondSources: count, differing: count, differenceNanoUsd: text });

/** How the data stands, as `GET /api/v1/data` answers it. */
export const dataHealthOut = z.object({
  sources: z.array(sourceOut),
  unpriced: z.array(unpricedOut),
  rejectedCodes: z.array(rejectedCodeOut),
  counts: countsOut,
});
export type DataHealth = z.output<typeof dataHealthOut>;
export type UnpricedOut = z.output<typeof unpricedOut>;

/** Reads how the data stands: for the door and for the page that shows the same. */
export async function readDataHealth(ctx: Context): Promise<DataHealth> {
  const sources = await sourcesOf(ctx.tx, ctx.orgId, ctx.now);
  const unpriced = await unpricedGroups(ctx.tx, ctx.orgId);
  const rejectedCodes = await rejectedByCode(ctx.tx, ctx.orgId, ctx.now);
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
    rejectedCodes: rejectedCodes.map(({ code, records }) => ({ code, records: Number(records) })),
    counts: {
      lateCalls: Number(counts.lateCalls),
      rejected: Number(counts.rejected),
      secondSources: Number(counts.secondSources),
      differing: Number(counts.differing),
      differenceNanoUsd: String(differenceNano),
    },
  };
}
