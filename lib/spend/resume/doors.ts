import { door } from '@/lib/http/door';
import { planParams } from '@/lib/recovery/doors';
import { readPlan } from '@/lib/recovery/read/plans';
import { planOut, whyIn } from '@/lib/recovery/schema';
import { abortRecovery } from './abort';

export const abortPlanDoor = door({
  method: 'POST',
  path: '/api/v1/recovery-plans/{id}/abort',
  right: 'recovery.write',
  tag: 'Recovery',
  summary: 'Stop again: nothing flows any more, and the breach is announced anew.',
  params: planParams,
  body: whyIn,
  answer: planOut,
  async run(ctx, { params, body }) {
    await abortRecovery(ctx, { id: params.id, why: body.why });
    return readPlan(ctx, params.id);
  },
});
