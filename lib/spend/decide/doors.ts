import { z } from 'zod';
import type { Caller, Pins } from '@/lib/context';
import { openDoor } from '@/lib/http/door';
import { parsePart } from '@/lib/http/issues';
import { problemOfFault } from '@/lib/http/problems';
import { Fault } from '@/lib/kernel/fault';
import { allowOut, authorizeIn, denyOut, releaseIn, releaseOut, settleIn, settleOut } from '@/lib/spend/schema';
import { decide } from './group-commit';
import type { Op, Outcome } from './ops';

const ITEMS_AT_MOST = 500;

const problem = z.object({ error: z.object({ code: z.string(), status: z.number(), detail: z.string() }).loose() });
const itemsOf = <Schema extends z.ZodType>(item: Schema) => z.strictObject({ items: z.array(item).min(1).max(ITEMS_AT_MOST) });
const manyIn = itemsOf(z.unknown());
/** A body is one request, or up to 500 of them. It is parsed below, each request by itself, so that a bad one fails no other. */
const bodyOf = <Schema extends z.ZodType>(one: Schema) => z.union([itemsOf(one), one, z.looseObject({})]);

type Parsed = { op: Op } | { fault: Fault };

/** The key that asks, and what it pins. @throws Fault right.missing for anyone but a key */
export function keyOf(caller: Pick<Caller, 'actor'>): { keyId: string; pins: Pins } {
  if (caller.actor.kind !== 'api_key') throw new Fault('right.missing', 'Only an API key may ask for money to be set aside.');
  return { keyId: caller.actor.id, pins: caller.actor.pins };
}

function parsed(kind: Op['kind'], schema: z.ZodType, value: unknown, by: { keyId: string; pins: Pins }): Parsed {
  try {
    return { op: { kind, ...by, request: parsePart(schema, value, 'body') } as Op };
  } catch (error) {
    if (error instanceof Fault) return { fault: error };
    throw error;
  }
}

async function answerAll(caller: Caller, kind: Op['kind'], schema: z.ZodType, body: unknown): Promise<unknown> {
  const by = keyOf(caller);
  const items = 'items' in (body as object) ? parsePart(manyIn, body, 'body').items : null;
  const asked = (items ?? [body]).map((each) => parsed(kind, schema, each, by));
  const decided = await decide(
    caller.orgId,
    asked.flatMap((each) => ('op' in each ? [each.op] : [])),
  );
  let next = 0;
  const outcomes = asked.map((each): Outcome => ('op' in each ? (decided[next++] as Outcome) : each));
  if (items)
    return { items: outcomes.map((each) => ('answer' in each ? each.answer : { error: problemOfFault(each.fault, caller.requestId) })) };
  const [only] = outcomes as [Outcome];
  if ('fault' in only) throw only.fault;
  return only.answer;
}

const decisionOut = z.union([allowOut, denyOut]);

/** `POST /api/v1/authorize`: sets the worst case of a call aside in every budget it meets, or says why not. */
export const authorizeDoor = openDoor({
  method: 'POST',
  path: '/api/v1/authorize',
  right: 'spend.authorize',
  tag: 'Asking first',
  summary: 'Asks before a call: its worst case is set aside in every matching budget, or it is refused with a reason',
  hot: true,
  body: bodyOf(authorizeIn),
  answer: z.union([decisionOut, z.object({ items: z.array(z.union([decisionOut, problem])) })]),
  run: async (caller, { body }) => (await answerAll(caller, 'authorize', authorizeIn, body)) as never,
});

/** `POST /api/v1/settle`: says what the call really used; the rest goes back at once. */
export const settleDoor = openDoor({
  method: 'POST',
  path: '/api/v1/settle',
  right: 'spend.authorize',
  tag: 'Asking first',
  summary: 'Settles a hold with what the call really used; twice the same is the same answer',
  hot: true,
  body: bodyOf(settleIn),
  answer: z.union([settleOut, z.object({ items: z.array(z.union([settleOut, problem])) })]),
  run: async (caller, { body }) => (await answerAll(caller, 'settle', settleIn, body)) as never,
});

/** `POST /api/v1/release`: states that the provider was not called. */
export const releaseDoor = openDoor({
  method: 'POST',
  path: '/api/v1/release',
  right: 'spend.authorize',
  tag: 'Asking first',
  summary: 'Gives a hold back whose call was not made',
  hot: true,
  body: bodyOf(releaseIn),
  answer: z.union([releaseOut, z.object({ items: z.array(z.union([releaseOut, problem])) })]),
  run: async (caller, { body }) => (await answerAll(caller, 'release', releaseIn, body)) as never,
});
