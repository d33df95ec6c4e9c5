import { door } from '@/lib/http/door';
import { stopParams } from '@/lib/stop/doors';
import { liftIn, stopOut } from '@/lib/stop/schema';
import { planParams } from '../doors';
import { liftOnPlan } from '../lift';
import { readPlan } from '../read/plans';
import { planOut, resumeIn, whyIn } from '../schema';
import { resume, stepBackByHand } from './resume';

const tag = 'Recovery';

export const resumeDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/resume',
  right: 'recovery.write',
  tag,
  summary: 'Resume at the next step when its gate passes, or step back to an earlier one.',
  params: planParams,
  body: resumeIn,
  answer: planOut,
  async run(ctx, { params, body }) {
    await resume(ctx, { id: params.id, ...body });
    return readPlan(ctx, params.id);
  },
});

export const stepBackDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/step-back',
  right: 'recovery.write',
  tag,
  summary: 'Go back to the step before.',
  params: planParams,
  body: whyIn,
  answer: planOut,
  async run(ctx, { params, body }) {
    await stepBackByHand(ctx, { id: params.id, why: body.why });
    return readPlan(ctx, params.id);
  },
});

export const liftStopDoor = door({
  method: 'POST',
  path: '/api/v1/stops/{id}/lift',
  right: 'stop.write',
  tag: 'Stops',
  summary: 'Lift a stop, where there is room; with a recovery plan spend resumes at its first step.',
  params: stopParams,
  body: liftIn,
  answer: stopOut,
  run: (ctx, { params, body }) => liftOnPlan(ctx, { stopId: params.id, why: body.why }),
});
