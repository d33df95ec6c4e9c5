import type { Door } from './door';

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
