import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { RIGHTS } from '@/lib/auth/rights';
import type { Door } from '@/lib/http/door';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().describe('What to do.'),
    code: z.string().describe('Stable; programs decide by it.'),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });

const PROBLEM = { description: 'Why not, as RFC 9457 has it.', content: { 'application/problem+json': { schema: problem } } };

/** A name for an operation that is read as a sentence: `post_budgets_id_grants`. */
const operationId = ({ method, path }: Door): string =>
  `${method.toLowerCase()}${path.replace(/^\/api(\/v1)?/, '').replace(/[^a-z0-9]+/gi, '_')}`.replace(/_$/, '');

function operationOf(door: Door): ZodOpenApiOperationObject {
  const row = RIGHTS[door.right];
  const answer = { description: 'Done.', content: { 'application/json': { schema: door.answer } } };
  return {
    operationId: operationId(door),
    summary: door.summary,
    tags: [door.tag],
    description: row.anyone ? 'Open to anyone.' : `Needs the right \`${door.right}\`.`,
    security: row.anyone ? [] : [...(row.roles.length > 0 ? [{ session: [] }] : []), ...(row.scopes.length > 0 ? [{ key: [] }] : [])],
    requestParams: { ...(door.params && { path: door.params }), ...(door.query && { query: door.query }) },
    ...(door.body && { requestBody: { required: true, content: { 'application/json': { schema: door.body } } } }),
    responses: { [`${door.status as 200}`]: answer, default: PROBLEM },
  };
}

/** The OpenAPI 3.1 document of doors, made from the very schemas that requests are parsed by. */
export function openApiOf(doors: readonly Door[]) {
  const paths: ZodOpenApiPathsObject = {};
  for (const door of doors) {
    const path = door.path.replace('...}', '}');
    paths[path] = { ...paths[path], [door.method.toLowerCase()]: operationOf(door) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Hardstop',
      version: '1',
      description:
        'Amounts are strings of whole nano-dollars in fields that end in `NanoUsd`; times are ISO 8601. Lists take `limit` and `cursor`. ' +
        'A POST that makes something takes `Idempotency-Key`; a PATCH or PUT takes `If-Match` with the `etag` it was read with.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: `hs_live_…`' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'next-auth.session-token',
          description: 'A person who is signed in; writes need an `Origin`.',
        },
      },
    },
  });
}
