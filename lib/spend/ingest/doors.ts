import { z } from 'zod';
import { openDoor } from '@/lib/http/door';
import { readRecords } from './body';
import { ingestUsage } from './ingest';

const ingestedOut = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(
    z.object({ index: z.number(), eventId: z.string().nullable(), code: z.string(), pointer: z.string(), detail: z.string() }),
  ),
  unpriced: z.number(),
});

export const ingestUsageDoor = openDoor({
  method: 'POST',
  path: '/api/v1/usage',
  right: 'usage.write',
  tag: 'Usage',
  summary: 'Books usage: up to 5,000 records as JSON or NDJSON, gzip or not; good ones are kept, bad ones reported',
  hot: true,
  answer: ingestedOut,
  run: async (caller, _, request) => ingestUsage(caller, await readRecords(request), 'api'),
});
