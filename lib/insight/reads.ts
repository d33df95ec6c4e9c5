import { z } from 'zod';
import type { Context } from '@/lib/context';
import { toIso } from '@/lib/kernel/instant';
import { type Page, page, placeOf } from '@/lib/kernel/pages';
import { booksOf } from './books';
import type { SpendQuestion } from './plan';
import { type LedgerRow, ledgerRows, placeFrom, placeIn } from './records';
import { type filterQuery, questionOf, selectionOf, type spendOut, type spendQuery, type usageQuery } from './schema';
import { figuresOut, pointOut, type Spend, spendOf } from './spend';

/** What was spent, as `GET /api/v1/spend` answers it: for its door, and for pages that show the same. */
export type SpendAnswer = z.output<typeof spendOut>;

/** A group's key as the API writes it: dimension by dimension. */
const keyOf = ({ groupBy }: SpendQuestion, key: string[]): Record<string, string> =>
  Object.fromEntries(groupBy.map((name, i) => [name, key[i] ?? '']));

function spendAnswer(question: SpendQuestion, { from, total, groups }: Spend): SpendAnswer {
  const withPoints = (each: Spend['total']) => ({
    ...figuresOut(each),
    ...(question.granularity === null ? {} : { points: each.points.map(pointOut) }),
  });
  return { from, total: withPoints(total), groups: groups.map((group) => ({ key: keyOf(question, group.key), ...withPoints(group) })) };
}

/** Answers a query about spend. @throws Fault request.invalid · spend.empty_range, spend.range_too_long, spend.too_many_points */
export async function readSpend(ctx: Context, query: z.output<typeof spendQuery>): Promise<SpendAnswer> {
  const question = questionOf(query);
  return spendAnswer(question, await spendOf(ctx.tx, await booksOf(ctx.tx, ctx.orgId), question, ctx.now));
}

const text = z.string();
const orNull = z.string().nullable();

/** A ledger row as the API shows it. */
export const recordOut = z.object({
  ...{ id: text, kind: text, eventId: orNull, holdId: orNull, corrects: orNull, occurredAt: text, bookedAt: text, receivedAt: text },
  ...{ workload: text, feature: text, provider: text, model: text, modelCalled: text, trafficStage: text, customer: text },
  ...{ tags: z.record(text, text), team: text, costCentre: text, source: text, responseId: orNull },
  ...{ units: z.record(text, z.number()), calls: z.number(), basis: text, amountNanoUsd: text, statedNanoUsd: orNull },
  ...{ priceRef: orNull, latencyMs: z.number().nullable(), late: z.boolean() },
});
export type UsageRow = z.output<typeof recordOut>;

const recordOf = ({ amountNano, statedNano, id, corrects, occurredAt, bookedAt, receivedAt, ...rest }: LedgerRow): UsageRow => ({
  ...rest,
  id: String(id),
  corrects: corrects === null ? null : String(corrects),
  occurredAt: toIso(occurredAt),
  bookedAt: toIso(bookedAt),
  receivedAt: toIso(receivedAt),
  amountNanoUsd: String(amountNano),
  statedNanoUsd: statedNano === null ? null : String(statedNano),
});

/** The ledger rows behind a figure, latest booked first. @throws Fault request.invalid · cursor.malformed */
export async function readUsage(ctx: Context, query: z.output<typeof usageQuery>): Promise<Page<UsageRow>> {
  const { limit, cursor, ...rest } = query;
  const after = placeFrom(placeOf(cursor as string | undefined, 2));
  const rows = await ledgerRows(ctx.tx, ctx.orgId, selectionOf(rest as z.output<typeof filterQuery>), { after, limit: limit + 1 });
  return page(rows, limit, recordOf, placeIn);
}
