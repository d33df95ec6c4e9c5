import { z } from 'zod';
import { door } from '@/lib/http/door';
import { date } from '@/lib/kernel/fields';
import { changeRecovery } from './change';
import { addCheck, tickCheck } from './check';
import { noteRecovery, signOff } from './day/sign-off';
import { closeRecovery } from './exit/close';
import { answerRoom } from './money/answer';
import { listPlans, readPlan } from './read/plans';
import { checkChange, checkIn, closeIn, noteIn, planChange, planOut, plansOut, plansQuery, roomIn, signOffIn } from './schema';

const tag = 'Recovery';
/** The plan that a path names. */
export const planParams = z.strictObject({ id: z.string().min(1).max(100) });
const dayParams = planParams.extend({ date });
const checkParams = planParams.extend({ checkId: z.string().min(1).max(100) });

export const listPlansDoor = door({
  method: 'GET',
  path: '/api/v1/recovery-plans',
  right: 'recovery.read',
  tag,
  summary: 'Recovery plans on live figures, newest first; open ones unless asked otherwise.',
  query: plansQuery,
  answer: plansOut,
  run: (ctx, { query }) => listPlans(ctx, query),
});

export const getPlanDoor = door({
  method: 'GET',
  path: '/api/v1/recovery-plans/{id}',
  right: 'recovery.read',
  tag,
  summary: 'One plan: money question, steps with their gate, daily entries, exit criteria, check list.',
  params: planParams,
  answer: planOut,
  run: (ctx, { params }) => readPlan(ctx, params.id),
});

export const changePlanDoor = door({
  method: 'PATCH',
  path: '/api/v1/recovery-plans/{id}',
  right: 'recovery.write',
  tag,
  summary: 'Record the cause and the corrective action, or move the deadline.',
  params: planParams,
  body: planChange,
  answer: planOut,
  async run(ctx, { params, body, ifMatch }) {
    await changeRecovery(ctx, { id: params.id, ifMatch, change: body });
    return readPlan(ctx, params.id);
  },
});

export const answerRoomDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/room',
  right: 'recovery.write',
  tag,
  summary: 'Say where the money comes from: wait, raise or grant; the daily target follows.',
  params: planParams,
  body: roomIn,
  answer: planOut,
  async run(ctx, { params, body }) {
    await answerRoom(ctx, { id: params.id, room: body.room });
    return readPlan(ctx, params.id);
  },
});

export const signOffDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/days/{date}/sign-off',
  right: 'recovery.note',
  tag,
  summary: 'Sign a daily entry off, with a note.',
  params: dayParams,
  body: signOffIn,
  answer: planOut,
  async run(ctx, { params, body }) {
    await signOff(ctx, { ...params, note: body.note });
    return readPlan(ctx, params.id);
  },
});

export const notePlanDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/notes',
  right: 'recovery.note',
  tag,
  summary: 'Add a note to a plan, or to one of its days.',
  params: planParams,
  body: noteIn,
  answer: planOut,
  status: 201,
  async run(ctx, { params, body }) {
    await noteRecovery(ctx, { id: params.id, ...body });
    return readPlan(ctx, params.id);
  },
});

export const addCheckDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/checks',
  right: 'recovery.note',
  tag,
  summary: 'Add an action to the check list.',
  params: planParams,
  body: checkIn,
  answer: planOut,
  status: 201,
  async run(ctx, { params, body }) {
    await addCheck(ctx, { id: params.id, text: body.text });
    return readPlan(ctx, params.id);
  },
});

export const tickCheckDoor = door({
  method: 'PATCH',
  path: '/api/v1/recovery-plans/{id}/checks/{checkId}',
  right: 'recovery.note',
  tag,
  summary: 'Tick an action of the check list, or take the tick back.',
  params: checkParams,
  body: checkChange,
  answer: planOut,
  async run(ctx, { params, body }) {
    await tickCheck(ctx, { ...params, done: body.done });
    return readPlan(ctx, params.id);
  },
});

export const closePlanDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/close',
  right: 'recovery.write',
  tag,
  summary: 'Close a recovery once every exit criterion is met; its report is written and its breach closed.',
  params: planParams,
  body: closeIn,
  answer: planOut,
  async run(ctx, { params, body }) {
    await closeRecovery(ctx, { id: params.id, summary: body.summary });
    return readPlan(ctx, params.id);
  },
});
