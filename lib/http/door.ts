import type { z } from 'zod';
import { callerOf, type Recognised } from '@/lib/auth/caller';
import { mayPass, RIGHTS, type Right } from '@/lib/auth/rights';
import type { Caller, Context } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { countRequest } from '@/lib/metrics';
import { answerResponse } from './answer';
import { attempt, reading } from './attempt';
import { ifMatchOf } from './etag';
import { once, repeatableOf } from './idempotency';
import { type Read, readInput } from './input';
import { httpLog, requestIdOf } from './log';
import { requireOwnOrigin } from './origin';
import { faultOf, problemResponse } from './problems';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a door is called and asks for; schemas are what requests are parsed by and what the OpenAPI document is made from. */
type Sign<P, Q, B, A> = {
  method: Method;
  /** With names in braces: `/api/v1/budgets/{id}`; `{rest...}` at the end takes all that follows. */
  path: string;
  right: Right;
  summary: string;
  tag: string;
  params?: P;
  query?: Q;
  body?: B;
  answer: A;
  /** What a good answer is given with: 201 where something was made. */
  status?: 200 | 201;
  /** Machines knock on it all day: the front process answers it itself, and a key may be known from up to a second ago. */
  hot?: boolean;
  /** The answer holds a secret that is shown once: where it must be kept for repetition it is kept sealed. */
  isSecret?: boolean;
};

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
/** What came in, parsed. `ifMatch` is the version that `If-Match` names. */
export type Input<P, Q, B> = { params: Out<P>; query: Out<Q>; body: Out<B>; ifMatch: number | null };

/** One way in: what it says of itself, and the function that answers it, the same for both mounts. */
export type Door = Omit<Sign<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, 'hot' | 'status'> & {
  hot: boolean;
  status: number;
  handle(request: Request, params: Record<string, string>): Promise<Response>;
};

type Work = (caller: Recognised, read: Read, request: Request) => Promise<unknown>;

const NOBODY = { actor: { kind: 'system', id: 'anyone', name: 'Anyone' }, orgId: '', by: 'key' } as const;

/** Recognises who asks and lets them pass, or not. @throws Fault right.missing · origin.foreign · as `callerOf` */
async function admit(door: Door, request: Request, requestId: string): Promise<Recognised> {
  if (RIGHTS[door.right].anyone) return { ...NOBODY, requestId };
  const caller = await callerOf(request, requestId, door.hot);
  if (caller.by === 'cookie' && door.method !== 'GET') requireOwnOrigin(request);
  if (!mayPass(caller.actor, door.right)) throw new Fault('right.missing', `This needs the right ${door.right}, which you do not have.`);
  return caller;
}

function build(sign: Sign<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, work: Work): Door {
  const door: Door = {
    ...sign,
    hot: sign.hot ?? false,
    status: sign.status ?? 200,
    async handle(request, params) {
      const begun = performance.now();
      const requestId = requestIdOf(request);
      const response = await answer(request, params, requestId);
      countRequest(door.method, door.path, response.status, performance.now() - begun);
      return response;
    },
  };
  async function answer(request: Request, params: Record<string, string>, requestId: string): Promise<Response> {
    try {
      const caller = await admit(door, request, requestId);
      const result = await work(caller, await readInput(door, request, params), request);
      return result instanceof Response ? result : answerResponse(door.answer, door.status, result, requestId);
    } catch (error) {
      const { method, path } = door;
      if (faultOf(error) === null) httpLog().error({ err: error, requestId, method, path }, 'a bug answered 500');
      return problemResponse(error, requestId);
    }
  }
  return door;
}

/**
 * An ordinary door: recognises who asks, checks the right, parses, opens ONE transaction for a write (a read has none), runs, and
 * answers JSON. A POST with `Idempotency-Key` is done once. The right is checked before the body is read.
 */
export function door<
  A extends z.ZodType,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(def: Sign<P, Q, B, A> & { run(ctx: Context, input: Input<P, Q, B>): Promise<z.output<A>> }): Door {
  const run = def.run as (ctx: Context, input: unknown) => Promise<unknown>;
  return build(def as Sign<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, async (caller, read, request) => {
    const input = { params: read.params, query: read.query, body: read.body, ifMatch: ifMatchOf(request) };
    if (def.method === 'GET') return run(await reading(caller), input);
    const asked = def.method === 'POST' && caller.orgId !== '' ? repeatableOf(request, read.path, read.bytes, def.isSecret ?? false) : null;
    return attempt(caller, (ctx) => once(ctx, asked, () => run(ctx, input)));
  });
}

/**
 * A door that runs its own transactions or streams its answer: `run` returns a plain answer, which is made JSON, or a Response.
 * No transaction is opened and no `Idempotency-Key` looked at.
 */
export function openDoor<
  A extends z.ZodType,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(def: Sign<P, Q, B, A> & { run(caller: Caller, input: Input<P, Q, B>, request: Request): Promise<z.output<A> | Response> }): Door {
  const run = def.run as (caller: Caller, input: unknown, request: Request) => Promise<unknown>;
  return build(def as Sign<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, (caller, read, request) =>
    run(caller, { params: read.params, query: read.query, body: read.body, ifMatch: ifMatchOf(request) }, request),
  );
}
