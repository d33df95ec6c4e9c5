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

/** Answers an address under /api that no door has, in the form that every refusal has. */
export const noSuchDoor = async (request: Request): Promise<Response> =>
  problemResponse(new Fault('path.not_found', 'There is no such address. /api/openapi.json lists those there are.'), requestIdOf(request));
