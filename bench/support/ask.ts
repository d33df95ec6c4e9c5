import type { Door } from '@/lib/http/door';

/** Who asks in a benchmark: an organisation's key. */
export type Asker = { orgId: string; secret: string };

/** Knocks on a door in process: authentication, rights, the read and the JSON of the answer, without the network. @throws Error for any answer but a success */
export async function ask(
  { secret }: Asker,
  door: Door,
  part: { query?: Record<string, string>; params?: Record<string, string>; body?: unknown } = {},
): Promise<unknown> {
  const { query = {}, params = {}, body } = part;
  const path = door.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const request = new Request(`http://localhost${path}?${new URLSearchParams(query)}`, {
    method: door.method,
    headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const response = await door.handle(request, params);
  const text = await response.text();
  if (!response.ok) throw new Error(`${door.method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
