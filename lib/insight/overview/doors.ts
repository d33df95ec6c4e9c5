import { z } from 'zod';
import { door } from '@/lib/http/door';
import { freshnessOf, freshnessOut } from '../data/freshness';
import { movedOf } from './moved';
import { overviewOf } from './read';
import { movedOut, overviewOut } from './schema';

const tag = 'Overview';

export const overviewDoor = door({
  method: 'GET',
  path: '/api/v1/overview',
  right: 'budget.read',
  tag,
  summary: 'Will a budget be passed, which comes first, and what needs a person now',
  answer: overviewOut,
  run: overviewOf,
});

export const movedDoor = door({
  method: 'GET',
  path: '/api/v1/overview/moved',
  right: 'spend.read',
  tag,
  summary: 'What moved in the last seven whole days against the seven before, by workload and model',
  query: z.strictObject({ budget: z.string().max(100).optional() }),
  answer: movedOut,
  run: (ctx, { query }) => movedOf(ctx, query.budget ?? null),
});

export const freshnessDoor = door({
  method: 'GET',
  path: '/api/v1/data/freshness',
  right: 'data.read',
  tag: 'Data',
  summary: 'How fresh the figures are',
  answer: freshnessOut,
  run: freshnessOf,
});
