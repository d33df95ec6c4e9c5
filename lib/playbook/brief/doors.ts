import { door } from '@/lib/http/door';
import { generateDashboard, readBrief, saveBrief } from './read';
import { briefOut, dashboardOut, saveBriefIn } from './schema';

const tag = 'Playbooks';

export const readBriefDoor = door({
  method: 'GET',
  path: '/api/v1/brief',
  right: 'playbook.read',
  tag,
  summary: 'The working brief, written from live data: each sentence with where it can be seen',
  answer: briefOut,
  run: (ctx) => readBrief(ctx),
});

export const saveBriefDoor = door({
  method: 'POST',
  path: '/api/v1/brief/versions',
  right: 'playbook.write',
  tag,
  summary: 'Saves the brief as someone has written it on, as a new version',
  body: saveBriefIn,
  answer: briefOut,
  run: (ctx, { body: { markdown } }) => saveBrief(ctx, markdown),
});

export const generateDashboardDoor = door({
  method: 'POST',
  path: '/api/v1/brief/dashboard',
  right: 'budget.write',
  tag,
  summary: 'Makes the draft budgets of the brief: each observes, with the usual levels',
  answer: dashboardOut,
  run: (ctx) => generateDashboard(ctx),
});
