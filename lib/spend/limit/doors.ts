import { z } from 'zod';
import { budgetParams } from '@/lib/budget/doors';
import { budgetChange, budgetIn, budgetOut } from '@/lib/budget/schema';
import { thresholdsIn, thresholdsOut } from '@/lib/budget/threshold/schema';
import { door } from '@/lib/http/door';
import { stopByHandIn, stopOut } from '@/lib/stop/schema';
import { workloadParams } from '@/lib/workload/doors';
import { featureIn, workloadChange, workloadIn, workloadOut } from '@/lib/workload/schema';
import { changeBudget } from './change-budget';
import { endBudget } from './end-budget';
import { makeBudget } from './make-budget';
import { setThresholds } from './set-thresholds';
import { stopByHand } from './stop-by-hand';
import { addFeature, changeWorkload, makeWorkload } from './workloads';

export const makeBudgetDoor = door({
  method: 'POST',
  path: '/api/v1/budgets',
  right: 'budget.write',
  tag: 'Budgets',
  summary: 'Make a budget; it starts with what is on the books for its scope already.',
  body: budgetIn,
  answer: budgetOut,
  status: 201,
  run: (ctx, { body }) => makeBudget(ctx, body),
});

export const changeBudgetDoor = door({
  method: 'PATCH',
  path: '/api/v1/budgets/{id}',
  // A budget's owner comes in by the duty and may change its mode; the verb asks for the rest.
  right: 'budget.mode',
  tag: 'Budgets',
  summary: 'Change a budget; what raises a stop needs confirm.',
  params: budgetParams,
  body: budgetChange,
  answer: budgetOut,
  run: (ctx, { params, body, ifMatch }) => changeBudget(ctx, { id: params.id, ifMatch, change: body }),
});

export const endBudgetDoor = door({
  method: 'DELETE',
  path: '/api/v1/budgets/{id}',
  right: 'budget.write',
  tag: 'Budgets',
  summary: 'End a budget; its history stays.',
  params: budgetParams,
  query: z.strictObject({ reason: z.string().trim().min(1, 'say why in a sentence').max(1_000) }),
  answer: budgetOut,
  run: (ctx, { params, query, ifMatch }) => endBudget(ctx, { id: params.id, ifMatch, reason: query.reason }),
});

export const setThresholdsDoor = door({
  method: 'PUT',
  path: '/api/v1/budgets/{id}/thresholds',
  right: 'threshold.write',
  tag: 'Budgets',
  summary: 'Set the levels at which a budget notifies, contains and stops; exactly one stop.',
  params: budgetParams,
  body: thresholdsIn,
  answer: thresholdsOut,
  async run(ctx, { params, body, ifMatch }) {
    const { thresholds, etag } = await setThresholds(ctx, { budgetId: params.id, ifMatch, ...body });
    return { items: thresholds, etag };
  },
});

export const stopByHandDoor = door({
  method: 'POST',
  path: '/api/v1/budgets/{id}/stop',
  right: 'stop.write',
  tag: 'Stops',
  summary: 'Stop a budget by hand: no paid call of its scope passes from now on.',
  params: budgetParams,
  body: stopByHandIn,
  answer: stopOut,
  status: 201,
  run: (ctx, { params, body }) => stopByHand(ctx, { budgetId: params.id, reason: body.reason }),
});

export const makeWorkloadDoor = door({
  method: 'POST',
  path: '/api/v1/workloads',
  right: 'workload.write',
  tag: 'Workloads',
  summary: 'Make a workload before its first call.',
  body: workloadIn,
  answer: workloadOut,
  status: 201,
  run: (ctx, { body }) => makeWorkload(ctx, body),
});

export const changeWorkloadDoor = door({
  method: 'PATCH',
  path: '/api/v1/workloads/{slug}',
  right: 'workload.write',
  tag: 'Workloads',
  summary: 'Change a workload, or adopt one first seen in traffic (adopted: true).',
  params: workloadParams,
  body: workloadChange,
  answer: workloadOut,
  run: (ctx, { params, body, ifMatch }) => changeWorkload(ctx, { slug: params.slug, ifMatch, change: body }),
});

export const addFeatureDoor = door({
  method: 'POST',
  path: '/api/v1/workloads/{slug}/features',
  right: 'workload.write',
  tag: 'Workloads',
  summary: 'Add a feature: a part of a workload that can be switched off by itself.',
  params: workloadParams,
  body: featureIn,
  answer: workloadOut,
  status: 201,
  run: (ctx, { params, body }) => addFeature(ctx, { slug: params.slug, feature: body }),
});
