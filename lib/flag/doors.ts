import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Caller, Pins } from '@/lib/context';
import { reading } from '@/lib/http/attempt';
import { bodyBytes } from '@/lib/http/body';
import { openDoor } from '@/lib/http/door';
import { parseJson } from '@/lib/http/json';
import { Fault } from '@/lib/kernel/fault';
import { evaluateFlag, type Flagged, keysOf } from './evaluate';
import { flaggedWorkloads, momentOf } from './reads';
import { type FlagContext, type FlagFault, flagContext, flagOut, flagsOut } from './schema';

const tag = 'Flags';
const NONE: Pins = { tags: {} };
const pinsOf = ({ actor }: Caller): Pins => (actor.kind === 'api_key' ? actor.pins : NONE);

/** The evaluation context of a request, or what is wrong with it. A request without a body has an empty one. */
async function contextOf(request: Request): Promise<FlagContext | Omit<FlagFault, 'key'>> {
  try {
    const bytes = await bodyBytes(request);
    const body = bytes.byteLength === 0 ? {} : parseJson(bytes);
    const parsed = z.object({ context: flagContext.default({}) }).safeParse(body ?? {});
    if (parsed.success) return parsed.data.context;
    const [issue] = parsed.error.issues;
    return { errorCode: 'INVALID_CONTEXT', errorDetails: `${issue?.path.join('.') ?? 'context'}: ${issue?.message ?? 'not understood'}` };
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'body.too_large') throw error;
    return { errorCode: 'PARSE_ERROR', errorDetails: error.message };
  }
}

const isFault = (context: FlagContext | Omit<FlagFault, 'key'>): context is Omit<FlagFault, 'key'> => 'errorCode' in context;

const answer = (status: number, body: unknown, headers: Record<string, string>): Response =>
  new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: { 'cache-control': 'no-store', ...(body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...headers },
  });

/** The ways to read a flag's key: as it stands where the workload is known, and with the workload before it, which may have dots itself. */
function* waysToRead(key: string, workload: string | undefined): Generator<{ slug: string; name: string }> {
  if (workload !== undefined) yield { slug: workload, name: key };
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
    const slug = key.slice(0, dot);
    if (workload === undefined || workload === slug) yield { slug, name: key.slice(dot + 1) };
  }
}

export const evaluateFlagDoor = openDoor({
  method: 'POST',
  path: '/api/ofrep/v1/evaluate/flags/{key}',
  right: 'flag.read',
  tag,
  summary: 'Evaluates one flag (OpenFeature Remote Evaluation Protocol 0.3); the body is {context}.',
  hot: true,
  params: z.object({ key: z.string().min(1).max(500) }),
  answer: flagOut,
  async run(caller, { params: { key } }, request) {
    const headers = { 'x-request-id': caller.requestId };
    const context = await contextOf(request);
    if (isFault(context)) return answer(400, { key, ...context }, headers);
    const ctx = await reading(caller);
    const moment = await momentOf(ctx, context, pinsOf(caller));
    for (const { slug, name } of waysToRead(key, moment.context.workload)) {
      const [workload] = await flaggedWorkloads(ctx, slug, slug === moment.context.workload);
      const flag = workload && evaluateFlag(moment, workload, name);
      if (flag) return answer(200, { ...flag, key }, headers);
    }
    const errorDetails = 'There is no such flag. Say whose it is in context.workload, or write <workload>.<feature>.';
    return answer(404, { key, errorCode: 'FLAG_NOT_FOUND', errorDetails }, headers);
  },
});

export const evaluateFlagsDoor = openDoor({
  method: 'POST',
  path: '/api/ofrep/v1/evaluate/flags',
  right: 'flag.read',
  tag,
  summary: 'Evaluates every flag of a workload, or of all of them; 304 while nothing has changed (If-None-Match).',
  hot: true,
  answer: flagsOut,
  async run(caller, _, request) {
    const headers = { 'x-request-id': caller.requestId };
    const context = await contextOf(request);
    if (isFault(context)) return answer(400, context, headers);
    const ctx = await reading(caller);
    const moment = await momentOf(ctx, context, pinsOf(caller));
    const before = (workload: Flagged) => (moment.context.workload === undefined ? `${workload.slug}.` : '');
    const flags = (await flaggedWorkloads(ctx, moment.context.workload, true)).flatMap((workload) =>
      keysOf(moment, workload).flatMap((name) => {
        const flag = evaluateFlag(moment, workload, name);
        return flag ? [{ ...flag, key: `${before(workload)}${name}` }] : [];
      }),
    );
    const etag = `"${createHash('sha256').update(JSON.stringify(flags)).digest('base64url').slice(0, 22)}"`;
    const known = request.headers.get('if-none-match')?.split(',') ?? [];
    if (known.some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag))
      return answer(304, null, { ...headers, etag });
    return answer(200, { flags }, { ...headers, etag });
  },
});
