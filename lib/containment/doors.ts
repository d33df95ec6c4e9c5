import { z } from 'zod';
import { door } from '@/lib/http/door';
import { changeAction } from './change';
import { endAction } from './end';
import { previewAction, previewOut } from './preview';
import { listActions, readAction } from './reads';
import { actionChange, actionIn, actionOut, actionsOut, actionsQuery, previewIn, words } from './schema';
import { startAction, switchOn } from './switch-on';

const tag = 'Containment';
const params = z.strictObject({ id: z.string().min(1).max(100) });

export const listActionsDoor = door({
  method: 'GET',
  path: '/api/v1/containment-actions',
  right: 'containment.read',
  tag,
  summary: 'Containment actions, newest first; state=open for those that have not ended.',
  query: actionsQuery,
  answer: actionsOut,
  run: (ctx, { query }) => listActions(ctx, query),
});

export const getActionDoor = door({
  method: 'GET',
  path: '/api/v1/containment-actions/{id}',
  right: 'containment.read',
  tag,
  summary: 'One containment action.',
  params,
  answer: actionOut,
  run: (ctx, { params }) => readAction(ctx, params.id),
});

export const makeActionDoor = door({
  method: 'POST',
  path: '/api/v1/containment-actions',
  right: 'containment.write',
  tag,
  summary: 'Switch a containment action on, or only prepare it (prepare: true).',
  body: actionIn,
  answer: actionOut,
  status: 201,
  run: (ctx, { body }) => switchOn(ctx, body),
});

export const startActionDoor = door({
  method: 'POST',
  path: '/api/v1/containment-actions/{id}/start',
  right: 'containment.write',
  tag,
  summary: 'Say yes to a prepared containment action: it is switched on.',
  params,
  answer: actionOut,
  run: (ctx, { params }) => startAction(ctx, params.id),
});

export const changeActionDoor = door({
  method: 'PATCH',
  path: '/api/v1/containment-actions/{id}',
  right: 'containment.write',
  tag,
  summary: 'Change until when a containment action is, or why.',
  params,
  body: actionChange,
  answer: actionOut,
  run: (ctx, { params, body, ifMatch }) => changeAction(ctx, { id: params.id, ifMatch, change: body }),
});

/** It changes nothing: whoever may read may ask. */
export const previewActionDoor = door({
  method: 'POST',
  path: '/api/v1/containment-actions/preview',
  right: 'containment.read',
  tag,
  summary: 'What a containment action would have done to the last hour: calls, customers, what their users see.',
  body: previewIn,
  answer: previewOut,
  run: (ctx, { body }) => previewAction(ctx, body),
});

export const endActionDoor = door({
  method: 'DELETE',
  path: '/api/v1/containment-actions/{id}',
  right: 'containment.write',
  tag,
  summary: 'End a containment action: what it held back flows again.',
  params,
  query: z.strictObject({ reason: words }),
  answer: actionOut,
  run: (ctx, { params, query }) => endAction(ctx, params.id, query.reason),
});
