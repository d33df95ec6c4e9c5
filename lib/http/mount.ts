import { Fault } from '@/lib/kernel/fault';
import type { Door } from './door';
import { requestIdOf } from './log';
import { problemResponse } from './problems';

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A door as a Next route handler: `export const POST = mount(createBudget)`. */
export const mount =
  (door: Door) =>
  async (request: Request, context: RouteContext): Promise<Response> => {
    const given = await context.params;
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries(given ?? {})) {
      if (value !== undefined) params[name] = Array.isArray(value) ? value.join('/') : value;
    }
    return door.handle(request, params);
  };

/** Answers a method that an address does not have. @param methods those it has */
export function noSuchMethod(request: Request, methods: readonly string[]): Response {
  const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  const fault = new Fault('method.not_allowed', `This address does not answer ${request.method}. It answers ${allow}.`);
  const response = problemResponse(fault, requestIdOf(request));
  response.headers.set('allow', allow);
  return response;
}

/** Answers an address under /api that no door has, in the form that every refusal has. */
export const noSuchDoor = async (request: Request): Promise<Response> =>
  problemResponse(new Fault('path.not_found', 'There is no such address. /api/openapi.json lists those there are.'), requestIdOf(request));
