import type { z } from 'zod';
import { Fault } from '@/lib/kernel/fault';
import { bodyBytes, requireType } from './body';
import { parsePart } from './issues';
import { parseJson } from './json';

/** A request's parts, parsed, with the bytes and the path they came as. */
export type Read = { params: unknown; query: unknown; body: unknown; bytes: Uint8Array; path: string };

type Schemas = { params?: z.ZodObject; query?: z.ZodObject; body?: z.ZodType };

const NOTHING = new Uint8Array();

function queryOf(search: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(query, name))
      throw new Fault('request.malformed', `"${name}" stands twice in the query; several values go into one, with commas.`);
    query[name] = value;
  }
  return query;
}

/** The address after the host, in two parts, without making a URL of it: that would cost more than the rest. */
function addressOf(url: string): { path: string; search: string } {
  const from = url.indexOf('/', url.indexOf('://') + 3);
  const address = from === -1 ? '/' : url.slice(from);
  const at = address.indexOf('?');
  return at === -1 ? { path: address, search: '' } : { path: address.slice(0, at), search: address.slice(at + 1) };
}

/**
 * Reads and parses what a door asks for; a part without a schema is not looked at (`openDoor`s may read the body themselves).
 * @throws Fault request.invalid · request.malformed · body.wrong_type · body.too_large · body.malformed
 */
export async function readInput(schemas: Schemas, request: Request, given: Record<string, string>): Promise<Read> {
  const { path, search } = addressOf(request.url);
  if (path.includes('%00') || search.includes('%00'))
    throw new Fault('request.malformed', 'The address has a NUL character, which cannot be kept.');
  const params = schemas.params ? parsePart(schemas.params, given, 'path') : undefined;
  const query = schemas.query ? parsePart(schemas.query, queryOf(search), 'query') : undefined;
  if (!schemas.body) return { params, query, body: undefined, bytes: NOTHING, path };
  requireType(request, 'application/json');
  const bytes = await bodyBytes(request);
  const body = parsePart(schemas.body, parseJson(bytes), 'body');
  return { params, query, body, bytes, path };
}
