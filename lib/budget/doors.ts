import { z } from 'zod';
import { door } from '@/lib/http/door';
import { parseInstant } from '@/lib/kernel/instant';
import { pageOf, pageQuery } from '@/lib/kernel/pages';
import { burnUpOf } from './burn-up/read';
import { burnUpOut } from './burn-up/schema';
import { calendarOf, listBudgets, readBudget, readBudgetRow, shownSpan } from './read/budgets';
import { explainFigure, figureOut } from './read/figures';
import { budgetHistory, historyOut } from './read/history';
import { FIGURE_NAMES } from './read/recipes';
import { refusalsOf, refusalsOut } from './read/refusals';
import { budgetOut, modeIn } from './schema';
import { thresholdsOut } from './threshold/schema';

const tag = 'Budgets';
const right = 'budget.read';
/** The budget that a path names. */
export const budgetParams = z.strictObject({ id: z.string().min(1).max(100) });

const time = z
  .string()
  .max(64)
  .refine((text) => parseInstant(text) !== null, 'a time with an offset, such as 2026-11-24T10:15:00Z')
  .optional();
const instantOf = (text: string | undefined) => (text === undefined ? null : parseInstant(text));

export const listBudgetsDoor = door({
  method: 'GET',
  path: '/api/v1/budgets',
  right,
  tag,
  summary: 'Budgets with the figures of their running period, newest first.',
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(['active', 'ended', 'all']).default('active'),
    mode: modeIn.optional(),
    workload: z.string().max(200).optional(),
  }),
  answer: pageOf(budgetOut),
  run: (ctx, { query }) => listBudgets(ctx, query),
});

export const getBudgetDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}',
  right,
  tag,
  summary: 'One budget with the figures of its running period.',
  params: budgetParams,
  answer: budgetOut,
  run: (ctx, { params }) => readBudget(ctx, params.id),
});

export const getThresholdsDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}/thresholds',
  right,
  tag,
  summary: 'The levels at which a budget notifies, contains and stops.',
  params: budgetParams,
  answer: thresholdsOut,
  async run(ctx, { params }) {
    const { thresholds, etag } = await readBudget(ctx, params.id);
    return { items: thresholds, etag };
  },
});

export const budgetHistoryDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}/history',
  right,
  tag,
  summary: 'What a budget has been: periods, limits, stops, and who changed what.',
  params: budgetParams,
  answer: historyOut,
  run: (ctx, { params }) => budgetHistory(ctx, params.id),
});

export const burnUpDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}/burn-up',
  right,
  tag,
  summary: 'Spend of the running period against its lines, where it is going, and what happened.',
  params: budgetParams,
  answer: burnUpOut,
  run: (ctx, { params }) => burnUpOf(ctx, params.id),
});

export const explainFigureDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}/figures/{figure}',
  right,
  tag,
  summary: 'How a figure comes about: formula, parts, rows, prices, freshness.',
  params: budgetParams.extend({ figure: z.enum(FIGURE_NAMES) }),
  answer: figureOut,
  run: (ctx, { params }) => explainFigure(ctx, params.id, params.figure),
});

export const budgetRefusalsDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}/refusals',
  right,
  tag,
  summary: 'How many calls a budget has refused, or would have while it observed; the running period without a range.',
  params: budgetParams,
  query: z.strictObject({ from: time, to: time }),
  answer: refusalsOut,
  async run(ctx, { params, query }) {
    const span = shownSpan(await readBudgetRow(ctx.tx, ctx.orgId, params.id), await calendarOf(ctx), ctx.now);
    return refusalsOf(ctx, params.id, { from: instantOf(query.from) ?? span.startsAt, to: instantOf(query.to) ?? span.endsAt });
  },
});
