import { z } from 'zod';
import { budgetParams } from '@/lib/budget/doors';
import { grantView, listGrants, readGrant } from '@/lib/budget/grant/reads';
import { grantIn, grantOut, grantsOut, grantsQuery } from '@/lib/budget/grant/schema';
import { readBudgetRow } from '@/lib/budget/read/budgets';
import { door } from '@/lib/http/door';
import { approveGrant } from './approve';
import { askForGrant } from './ask';
import { endGrant } from './end';

const tag = 'Grants';
const grantParams = z.strictObject({ id: z.string().min(1).max(100) });

export const listGrantsDoor = door({
  method: 'GET',
  path: '/api/v1/budgets/{id}/grants',
  right: 'budget.read',
  tag,
  summary: 'The grants out of a budget’s reserve, newest first.',
  params: budgetParams,
  query: grantsQuery,
  answer: grantsOut,
  async run(ctx, { params, query }) {
    await readBudgetRow(ctx.tx, ctx.orgId, params.id);
    return listGrants(ctx, params.id, query);
  },
});

export const askForGrantDoor = door({
  method: 'POST',
  path: '/api/v1/budgets/{id}/grants',
  right: 'grant.ask',
  tag,
  summary: 'Ask for a grant out of the running period’s reserve; it opens when a second person approves it.',
  params: budgetParams,
  body: grantIn,
  answer: grantOut,
  status: 201,
  run: (ctx, { params, body }) => askForGrant(ctx, { budgetId: params.id, ...body }),
});

export const getGrantDoor = door({
  method: 'GET',
  path: '/api/v1/grants/{id}',
  right: 'budget.read',
  tag,
  summary: 'One grant.',
  params: grantParams,
  answer: grantOut,
  run: async (ctx, { params }) => grantView(await readGrant(ctx, params.id)),
});

export const approveGrantDoor = door({
  method: 'POST',
  path: '/api/v1/grants/{id}/approve',
  right: 'grant.approve',
  tag,
  summary: 'Approve a grant that somebody else asked for.',
  params: grantParams,
  body: z.strictObject({}).default({}),
  answer: grantOut,
  run: (ctx, { params }) => approveGrant(ctx, params.id),
});

export const endGrantDoor = door({
  method: 'DELETE',
  path: '/api/v1/grants/{id}',
  right: 'grant.end',
  tag,
  summary: 'End a grant, or decline one that was asked for.',
  params: grantParams,
  query: z.strictObject({ reason: z.string().trim().min(1, 'say why in a sentence').max(1_000) }),
  answer: grantOut,
  run: (ctx, { params, query }) => endGrant(ctx, { id: params.id, reason: query.reason }),
});
