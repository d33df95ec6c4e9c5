import { z } from 'zod';
import { door } from '@/lib/http/door';
import { TRAFFIC_STAGES } from '@/lib/workload/schema';
import { proposeSplit } from './propose';
import { readValue } from './read';
import { proposeIn, targetChange, valueOut } from './schema';
import { setTarget } from './targets';

const tag = 'Value';

export const readValueDoor = door({
  method: 'GET',
  path: '/api/v1/value',
  right: 'spend.read',
  tag,
  summary: 'The KPI plan of each workload and traffic stage, and what the evidence says of splitting models',
  answer: valueOut,
  run: (ctx) => readValue(ctx),
});

export const setTargetDoor = door({
  method: 'PATCH',
  path: '/api/v1/workloads/{slug}/targets/{stage}',
  right: 'kpi.write',
  tag,
  summary: 'Sets what a workload in a traffic stage is to come to in 30 days',
  params: z.object({ slug: z.string(), stage: z.enum([...TRAFFIC_STAGES]) }),
  body: targetChange,
  answer: valueOut,
  run: async (ctx, { params: { slug, stage }, body }) => {
    await setTarget(ctx, { workload: slug, trafficStage: stage, change: body });
    return readValue(ctx);
  },
});

export const proposeSplitDoor = door({
  method: 'POST',
  path: '/api/v1/splits',
  right: 'containment.write',
  tag,
  summary: 'Proposes a move to another model to the budget’s owner: prepared as a routing action that waits for a yes',
  body: proposeIn,
  answer: valueOut,
  run: (ctx, { body }) => proposeSplit(ctx, body),
});
