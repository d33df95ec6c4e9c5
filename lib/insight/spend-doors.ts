import { z } from 'zod';
import { reading } from '@/lib/http/attempt';
import { door, openDoor } from '@/lib/http/door';
import { toIso } from '@/lib/kernel/instant';
import { booksOf } from './books';
import { type Cell, csvResponse } from './csv';
import type { SpendQuestion } from './plan';
import { readSpend } from './reads';
import { questionOf, spendOut, spendQuery } from './schema';
import { type Figures, type Spend, spendOf } from './spend';

export const spendDoor = door({
  method: 'GET',
  path: '/api/v1/spend',
  right: 'spend.read',
  tag: 'Spend',
  summary: 'What was spent in a range, by up to four dimensions, and by hour, day, week or month',
  query: spendQuery,
  answer: spendOut,
  run: (ctx, { query }) => readSpend(ctx, query),
});

const MONEY = ['actual_nano_usd', 'presumed_nano_usd', 'unpriced_upper_nano_usd', 'calls', 'unpriced_calls'];
const cellsOf = (f: Figures): Cell[] => [f.actual, f.presumed, f.unpricedUpper, f.calls, f.unpricedCalls];

/** The lines of a file that add up to the answer's total: each group, or each of its points. */
export function* linesOf(question: SpendQuestion, { total, groups }: Spend): Generator<Cell[]> {
  const parts = question.groupBy.length === 0 ? [{ ...total, key: [] }] : groups;
  for (const part of parts) {
    if (question.granularity === null) yield [...part.key, ...cellsOf(part)];
    else for (const point of part.points) yield [toIso(point.at), ...part.key, ...cellsOf(point), point.complete ? 'yes' : 'no'];
  }
}

export const spendCsvDoor = openDoor({
  method: 'GET',
  path: '/api/v1/spend.csv',
  right: 'export.read',
  tag: 'Spend',
  summary: 'The same answer as a file whose lines add up to it',
  query: spendQuery,
  answer: z.string(),
  async run(caller, { query }) {
    const { tx, orgId, now } = await reading(caller);
    const question = questionOf(query);
    const spend = await spendOf(tx, await booksOf(tx, orgId), question, now);
    const header = question.granularity === null ? [...question.groupBy, ...MONEY] : ['at', ...question.groupBy, ...MONEY, 'complete'];
    return csvResponse('spend', header, async (write) => {
      for (const line of linesOf(question, spend)) await write(line);
    });
  },
});
