import { z } from 'zod';
import { door } from '@/lib/http/door';
import { listPolicies, policyView, readPolicy } from './reads';
import { policiesOut, policiesQuery, policyChange, policyIn, policyOut } from './schema';
import { changePolicy, endPolicy, makePolicy } from './write';

const tag = 'Breaches';
const params = z.strictObject({ id: z.string().min(1).max(100) });

export const listPoliciesDoor = door({
  method: 'GET',
  path: '/api/v1/escalation-policies',
  right: 'breach.read',
  tag,
  summary: 'Escalation policies, newest first.',
  query: policiesQuery,
  answer: policiesOut,
  run: (ctx, { query }) => listPolicies(ctx, query),
});

export const getPolicyDoor = door({
  method: 'GET',
  path: '/api/v1/escalation-policies/{id}',
  right: 'breach.read',
  tag,
  summary: 'One escalation policy.',
  params,
  answer: policyOut,
  run: async (ctx, input) => policyView(await readPolicy(ctx, input.params.id)),
});

export const makePolicyDoor = door({
  method: 'POST',
  path: '/api/v1/escalation-policies',
  right: 'policy.write',
  tag,
  summary: 'Make an escalation policy: who is told of a breach, in which order, how long each has.',
  body: policyIn,
  answer: policyOut,
  status: 201,
  run: (ctx, { body }) => makePolicy(ctx, body),
});

export const changePolicyDoor = door({
  method: 'PATCH',
  path: '/api/v1/escalation-policies/{id}',
  right: 'policy.write',
  tag,
  summary: 'Change an escalation policy; open breaches go on as they began.',
  params,
  body: policyChange,
  answer: policyOut,
  run: (ctx, input) => changePolicy(ctx, { id: input.params.id, ifMatch: input.ifMatch, change: input.body }),
});

export const endPolicyDoor = door({
  method: 'DELETE',
  path: '/api/v1/escalation-policies/{id}',
  right: 'policy.write',
  tag,
  summary: 'End an escalation policy; budgets that named it use the default.',
  params,
  answer: policyOut,
  run: (ctx, input) => endPolicy(ctx, { id: input.params.id, ifMatch: input.ifMatch }),
});
