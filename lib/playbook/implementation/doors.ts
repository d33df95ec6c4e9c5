import { door } from '@/lib/http/door';
import { readImplementation } from './read';
import { implementationOut } from './schema';

export const readImplementationDoor = door({
  method: 'GET',
  path: '/api/v1/implementation-audit',
  right: 'playbook.read',
  tag: 'Playbooks',
  summary: 'The implementation audit: splits, guardrails, KPI plan and process, each finding with evidence, effort and saving',
  answer: implementationOut,
  run: (ctx) => readImplementation(ctx),
});
