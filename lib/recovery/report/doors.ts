import { z } from 'zod';
import { reading } from '@/lib/http/attempt';
import { door, openDoor } from '@/lib/http/door';
import { planParams } from '../doors';
import { markdownOf } from './markdown';
import { readReport, reportOut } from './report';

const tag = 'Recovery';

export const reportDoor = door({
  method: 'GET',
  path: '/api/v1/recovery-plans/{id}/report',
  right: 'recovery.read',
  tag,
  summary: 'The closing report; of an open plan what it would say now.',
  params: planParams,
  answer: reportOut,
  run: (ctx, { params }) => readReport(ctx, params.id),
});

export const reportMarkdownDoor = openDoor({
  method: 'GET',
  path: '/api/v1/recovery-plans/{id}/report.md',
  right: 'recovery.read',
  tag,
  summary: 'The same report as Markdown.',
  params: planParams,
  answer: z.string(),
  async run(caller, { params }) {
    const text = markdownOf(await readReport(await reading(caller), params.id));
    return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8', 'cache-control': 'no-store' } });
  },
});
