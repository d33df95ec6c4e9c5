import { z } from 'zod';
import { reading } from '@/lib/http/attempt';
import { door, openDoor } from '@/lib/http/door';
import { csvResponse } from '@/lib/insight/csv';
import { readSignals } from './injection/read';
import { listPlaybooks, readPlaybook, requireGuide } from './read';
import { reviewPlaybook } from './review';
import { formatQuery, playbookOut, playbooksOut, signalsOut, stepChange } from './schema';
import { blank, type CheckList, CSV_HEADER, csvCells, markdownOf } from './text';
import { tickStep } from './tick';

const tag = 'Playbooks';
const params = z.object({ guide: z.string() });

export const listPlaybooksDoor = door({
  method: 'GET',
  path: '/api/v1/playbooks',
  right: 'playbook.read',
  tag,
  summary: 'The playbooks, with how many of their steps are done',
  answer: playbooksOut,
  run: (ctx) => listPlaybooks(ctx),
});

export const getPlaybookDoor = door({
  method: 'GET',
  path: '/api/v1/playbooks/{guide}',
  right: 'playbook.read',
  tag,
  summary: 'A playbook: each step as it stands, by live state or by what people said',
  params,
  answer: playbookOut,
  run: (ctx, { params: { guide: slug } }) => readPlaybook(ctx, slug),
});

export const tickStepDoor = door({
  method: 'PATCH',
  path: '/api/v1/playbooks/{guide}/steps/{step}',
  right: 'playbook.write',
  tag,
  summary: 'Says what only a person can say of a step: done, evidence, risk, who closes it and by when',
  params: params.extend({ step: z.string() }),
  body: stepChange,
  answer: playbookOut,
  run: (ctx, { params: { guide: slug, step }, body }) => tickStep(ctx, { slug, step, change: body }),
});

export const reviewPlaybookDoor = door({
  method: 'POST',
  path: '/api/v1/playbooks/{guide}/review',
  right: 'playbook.write',
  tag,
  summary: 'Says that a playbook was gone through; it is due again after its time',
  params,
  answer: playbookOut,
  run: (ctx, { params: { guide: slug } }) => reviewPlaybook(ctx, slug),
});

/** A check list as a file. */
function fileOf(slug: string, list: CheckList, format: 'md' | 'csv'): Response {
  if (format === 'csv')
    return csvResponse(slug, CSV_HEADER, async (write) => {
      for (const step of list.steps) await write(csvCells(step));
    });
  const headers = { 'content-type': 'text/markdown; charset=utf-8', 'content-disposition': `attachment; filename="${slug}.md"` };
  return new Response(markdownOf(list), { headers: { ...headers, 'cache-control': 'no-store' } });
}

export const breachSignalsDoor = door({
  method: 'GET',
  path: '/api/v1/breaches/{id}/signals',
  right: 'breach.read',
  tag,
  summary: 'What in the usage before a breach looks like a prompt injection',
  params: z.object({ id: z.string() }),
  answer: signalsOut,
  run: (ctx, { params: { id } }) => readSignals(ctx, id),
});

export const downloadPlaybookDoor = openDoor({
  method: 'GET',
  path: '/api/v1/playbooks/{guide}/check-list',
  right: 'playbook.read',
  tag,
  summary: 'The check list as it stands, as Markdown or CSV',
  params,
  query: formatQuery,
  answer: z.string(),
  run: async (caller, { params: { guide: slug }, query: { format } }) =>
    fileOf(slug, await readPlaybook(await reading(caller), slug), format),
});

export const downloadGuideDoor = openDoor({
  method: 'GET',
  path: '/api/v1/guides/{guide}/check-list',
  right: 'anyone',
  tag,
  summary: 'The check list of a guide with nothing ticked, as Markdown or CSV; for anyone',
  params,
  query: formatQuery,
  answer: z.string(),
  run: async (_, { params: { guide: slug }, query: { format } }) => fileOf(slug, blank(requireGuide(slug)), format),
});
