import type { Context } from '@/lib/context';
import { together } from '@/lib/db';
import { Fault } from '@/lib/kernel/fault';
import type { NanoUsd } from '@/lib/kernel/money';
import type { Book } from '@/lib/price/rules';
import { hashOf } from '@/lib/spend/decide/ask';
import type { Op, Outcome } from '@/lib/spend/decide/ops';
import { type Evidence, writeEvidence } from '@/lib/spend/ingest/evidence';
import { type OutcomeTold, writeOutcomes } from '@/lib/spend/outcome/add';
import { type HeldPrices, readHeldPrices } from './held-prices';
import { type NamedEvent, type NamesInUse, namesInUse, rememberNames, responseName } from './names';
import type { Hold } from './rows';
import { bookedElsewhere, type Ending, releaseOf, type Said, settledAnswer, settlementOf } from './settlement';

type Settle = Extract<Op, { kind: 'settle' }>;
type Release = Extract<Op, { kind: 'release' }>;

/** What the ends of one batch are worked out from, and what they have come to so far. */
type Work = {
  ctx: Context;
  book: Book;
  holds: ReadonlyMap<string, Hold>;
  prices: Map<string, HeldPrices>;
  names: NamesInUse;
  endings: Map<string, Ending>;
  /** What settlements said beside the money. */
  events: NamedEvent[];
  outcomes: OutcomeTold[];
  evidence: Evidence[];
};

/** How the holds of a batch end, and what their settlements said beside the money; all of it still to be written. */
export type Ended = Pick<Work, 'events' | 'outcomes' | 'evidence'> & { endings: Ending[] };

const NOTHING: Ended = { endings: [], events: [], outcomes: [], evidence: [] };

/**
 * Works out how the settled and released holds of a batch end. Twice the same is the same answer; a hold that is not there, or not
 * the key's, is not found.
 * @param isLive whether a key still counts · outcomes are filled in where the ops stand
 */
export async function endAll(
  ctx: Context,
  book: Book,
  ops: Op[],
  holds: ReadonlyMap<string, Hold>,
  isLive: (keyId: string) => boolean,
  outcomes: Outcome[],
): Promise<Ended> {
  const ends = ops.flatMap((op, i) => (op.kind === 'authorize' ? [] : [{ op, i }]));
  if (ends.length === 0) return NOTHING;
  const said = ends.flatMap(({ op }) =>
    op.kind === 'settle' ? [{ ...op.request, provider: op.request.provider ?? holds.get(op.request.holdId)?.provider }] : [],
  );
  const [names, prices] = await together([
    namesInUse(ctx, said),
    readHeldPrices(
      ctx.tx,
      ctx.orgId,
      [...holds.values()].map((hold) => hold.pricesId),
    ),
  ]);
  const work: Work = { ctx, book, holds, prices, names, endings: new Map(), events: [], outcomes: [], evidence: [] };
  for (const { op, i } of ends) outcomes[i] = endOne(work, op, isLive(op.keyId));
  return { endings: [...work.endings.values()], events: work.events, outcomes: work.outcomes, evidence: work.evidence };
}

/** Writes what settlements said beside the money, sent together. After the keys' exposures, before rollups. */
export async function writeSaid(ctx: Context, { endings, events, evidence, outcomes }: Ended): Promise<void> {
  await together([
    rememberNames(
      ctx,
      events,
      endings.flatMap((each) => each.entries),
    ),
    writeEvidence(ctx, 'settle', evidence),
    writeOutcomes(ctx, outcomes),
  ]);
}

function endOne(work: Work, op: Settle | Release, isLive: boolean): Outcome {
  const isMeasuredHere = op.through === 'gateway';
  if (!isLive && !isMeasuredHere) return { fault: new Fault('key.not_live', 'This API key has been revoked or has expired.') };
  const hold = work.holds.get(op.request.holdId);
  if (!hold || (op.pins.workload !== undefined && op.pins.workload !== hold.workload)) {
    return { fault: new Fault('hold.not_found', 'There is no such hold of this key.') };
  }
  if (hold.isLease) return { fault: new Fault('hold.is_lease', 'This is a lease: settle or end it as one.') };
  return op.kind === 'release' ? release(work, hold, isMeasuredHere) : settle(work, op, hold);
}

/** @param isMeasuredHere the gateway knows that the provider was not called: what has been presumed of the call goes back too */
function release(work: Work, hold: Hold, isMeasuredHere: boolean): Outcome {
  const state = work.endings.get(hold.id)?.end.state ?? hold.state;
  const goesBack = state === 'open' || (state === 'presumed' && isMeasuredHere);
  if (!goesBack && state !== 'released') {
    return { fault: new Fault('hold.not_open', `This hold is ${state}; only an open one can be released.`) };
  }
  if (goesBack) work.endings.set(hold.id, releaseOf(hold, work.ctx.now));
  return { answer: { releasedNanoUsd: String(hold.held) } };
}

function settle(work: Work, op: Settle, hold: Hold): Outcome {
  const { request } = op;
  const hash = hashOf(request);
  const before = work.endings.get(hold.id);
  if (before && before.end.state !== 'settled') return { fault: new Fault('hold.not_open', 'This hold was released a moment before.') };
  const earlier = before ? before.end : hold.state === 'settled' ? { ...hold, hash: hold.settledHash } : null;
  if (earlier) {
    if (earlier.hash === hash) return { answer: settledAnswer(earlier.settled as NanoUsd, earlier.settledOf as NanoUsd) };
    return {
      fault: new Fault('hold.settled_otherwise', 'This hold was settled with other figures. A person can correct it by an adjustment.'),
    };
  }
  const response = request.responseId === undefined ? null : responseName(request.provider ?? hold.provider, request.responseId);
  const bookedBy = response === null ? undefined : work.names.responses.get(response);
  if ((request.eventId !== undefined && work.names.events.has(request.eventId)) || bookedBy?.source === 'settle') {
    return {
      fault: new Fault(
        'usage.conflict',
        'This event or response is on the books already. Settle before reporting, or name holdId in the record.',
      ),
    };
  }
  const said = saidBy(op, work.ctx, hold);
  const own = settlementOf(hold, said, hash, work.book, work.prices.get(hold.pricesId), work.ctx.now);
  const ending = bookedBy === undefined ? own : bookedElsewhere(hold, hash, work.ctx.now);
  note(work, op, said, own, bookedBy);
  work.endings.set(hold.id, ending);
  return { answer: settledAnswer(ending.end.settled as NanoUsd, ending.end.settledOf as NanoUsd) };
}

/** Notes what a settlement says beside the money: the names it uses up, what came of the call, and what it adds to another source's record. */
function note(work: Work, { request }: Settle, said: Said, own: Ending, bookedBy: { amountNano: NanoUsd } | undefined): void {
  const { hold, end, entries } = own;
  const eventId = said.eventId ?? hold.id;
  const provider = said.provider ?? hold.provider;
  const { amountNano } = entries.at(-1)!;
  if (said.eventId !== null) {
    work.names.events.add(eventId);
    work.events.push({ eventId, hash: end.hash ?? '', occurredAt: said.occurredAt });
  }
  if (said.responseId !== null) work.names.responses.set(responseName(provider, said.responseId), { source: 'settle', amountNano });
  if (bookedBy)
    work.evidence.push({ record: { eventId, provider, responseId: said.responseId, units: said.units }, amountNano, told: bookedBy });
  const { outcome = null, quality = null, converted = null } = request;
  work.outcomes.push({ eventId, outcome, quality, converted });
}

const saidBy = ({ request, through }: Settle, ctx: Context, hold: Hold): Said => ({
  units: request.units,
  provider: request.provider ?? null,
  model: request.model ?? null,
  eventId: request.eventId ?? null,
  responseId: request.responseId ?? null,
  latencyMs: request.latencyMs ?? null,
  source: through ?? 'settle',
  occurredAt: hold.state === 'open' ? ctx.now : hold.authorisedAt,
});
