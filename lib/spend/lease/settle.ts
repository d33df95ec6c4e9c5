import type { Change, Meter } from '@/lib/budget/meter';
import { spentOf } from '@/lib/budget/spent/cells';
import type { Context, Pins } from '@/lib/context';
import { Fault } from '@/lib/kernel/fault';
import { larger, type NanoUsd, nanoUsd, ZERO_USD } from '@/lib/kernel/money';
import type { NewEntry } from '@/lib/ledger/entry';
import { writeEntries } from '@/lib/ledger/write-entries';
import { applyChanges, lockPeriods } from '../charge';
import { type Ask, hashOf } from '../decide/ask';
import { findings } from '../decide/authorize';
import { type Exposure, expose, lockExposures } from '../hold/exposure';
import { readHeldPrices } from '../hold/held-prices';
import { rememberNames } from '../hold/names';
import { endHolds, type Hold } from '../hold/rows';
import { presumedRow } from '../hold/settlement';
import { writeOutcomes } from '../outcome/add';
import { leaseAsk, openRules, type Purpose, whyNoLease } from './ask';
import { type Booked, bookedOf, freshOnes, namedBy } from './book';
import { fits, freshFor, setMoreAside, writeAll } from './give';
import { type Lease, lockLease, writeLease } from './rows';
import type { LeaseSettled, LeaseSettleIn } from './schema';

/** A lease that is being settled: everything locked but its periods, and the calls that are not on the books yet. */
type Opened = {
  by: { keyId: string; pins: Pins };
  hold: Hold;
  lease: Lease;
  rules: Awaited<ReturnType<typeof openRules>>;
  exposures: Map<string, Exposure>;
  booked: Booked;
  /** What all its calls have come to, these included. */
  sum: NanoUsd;
  /** The bound of those under way. */
  underway: NanoUsd;
  /** Writes the rows of these calls, and others beside them, before any period is locked. */
  write(others: NewEntry[]): Promise<void>;
};

/**
 * Settles a lease: books the calls that have ended since, keeps what those under way can still cost, and gives it more while every
 * budget has room. One that was presumed spent is corrected, and closed for good. The same settlement again books nothing twice.
 * @throws Fault lease.not_found · lease.closed · key.not_live
 */
export async function settleLease(ctx: Context, by: Opened['by'], id: string, said: LeaseSettleIn): Promise<LeaseSettled> {
  const rules = await openRules(ctx);
  const { hold, lease } = await lockLease(ctx, id, by.pins);
  if (hold.state !== 'open' && hold.state !== 'presumed')
    throw new Fault('lease.closed', `This lease is ${hold.state}: nothing more is booked under it.`);
  const records = await freshOnes(ctx, hold, said.records);
  const prices = (await readHeldPrices(ctx.tx, ctx.orgId, [hold.pricesId])).get(hold.pricesId);
  const exposures = await lockExposures(ctx, [by.keyId, hold.apiKeyId]);
  if (!exposures.get(by.keyId)?.live) throw new Fault('key.not_live', 'This API key has been revoked or has expired.');
  const booked = bookedOf(ctx, hold, records, rules.book, prices);
  const write = async (others: NewEntry[]) => {
    const entries = [...others, ...booked.entries];
    await writeEntries(ctx.tx, rules.set, entries);
    await rememberNames(ctx, namedBy(ctx, records), entries);
    await writeOutcomes(
      ctx,
      records.map(({ eventId, outcome = null, quality = null, converted = null }) => ({ eventId, outcome, quality, converted })),
    );
  };
  const sum = nanoUsd(lease.booked + booked.amount);
  const opened: Opened = { by, hold, lease, rules, exposures, booked, sum, underway: nanoUsd(BigInt(said.underwayNanoUsd)), write };
  return hold.state === 'open' ? settleOpen(ctx, opened) : settleLate(ctx, opened, hashOf(said));
}

/** Changes each of a lease's locked periods. */
const applyAll = (ctx: Context, meters: Map<string, Meter>, hold: Hold, change: Change, entries: NewEntry[]): Promise<void> => {
  const spent = spentOf(entries);
  return applyChanges(
    ctx,
    meters,
    hold.periodIds.map((periodId) => ({ periodId, change, spent, cause: 'overrun', holdId: hold.id })),
  );
};

async function settleOpen(ctx: Context, opened: Opened): Promise<LeaseSettled> {
  const { by, hold, lease, rules, exposures, booked, sum, underway } = opened;
  await opened.write([]);
  const ask = await leaseAsk(ctx, rules, { ...purposeOf(hold), keyId: by.keyId, pins: { tags: {} }, holdId: hold.id });
  const meters = await lockPeriods(ctx, hold.periodIds);
  // What its holder went beyond was no promise of ours: it is set aside all the same, and is an excess where it does not fit.
  const upTo = larger(nanoUsd(lease.booked + hold.held), nanoUsd(sum + underway));
  const held = nanoUsd(upTo - sum);
  await applyAll(ctx, meters, hold, { ...booked.change, held: nanoUsd(held - hold.held) }, booked.entries);
  const exposure = exposures.get(hold.apiKeyId);
  expose(exposure, held - hold.held, false);
  const why = whyNoMore(ctx, hold, ask);
  const fresh = why === null ? await freshFor(ctx, ask, meters, { wanted: lease.wanted, kept: underway, held }) : ZERO_USD;
  const wanted = larger(ZERO_USD, nanoUsd(fresh - (held - underway)));
  const more = wanted > 0n && fits(await findings(ctx, ask, meters, wanted, exposure)) ? wanted : ZERO_USD;
  if (more > 0n) setMoreAside(meters, exposure, more);
  await writeLease(ctx, hold.id, { booked: sum, underway }, nanoUsd(held + more));
  await writeAll(ctx, exposures, meters);
  return { bookedNanoUsd: String(sum), upToNanoUsd: String(upTo + more), isOpen: why === null, why };
}

/** Corrects a lease that nobody had accounted for when its time was over. What is still under way stays presumed. */
async function settleLate(
  ctx: Context,
  { hold, lease, exposures, booked, sum, underway, write }: Opened,
  hash: string,
): Promise<LeaseSettled> {
  const others = [presumedRow(hold, ctx.now, -1), ...(underway > 0n ? [presumedRow({ ...hold, held: underway }, ctx.now, 1)] : [])];
  await write(others);
  const meters = await lockPeriods(ctx, hold.periodIds);
  const calls = (booked.change.calls ?? 0n) + others.reduce((count, each) => count + BigInt(each.calls), 0n);
  const change: Change = { ...booked.change, presumed: nanoUsd(underway - hold.held), calls };
  await applyAll(ctx, meters, hold, change, [...others, ...booked.entries]);
  await endHolds(ctx, [{ id: hold.id, state: 'settled', settled: sum, settledOf: nanoUsd(lease.booked + hold.held), hash }]);
  await writeLease(ctx, hold.id, { booked: sum, underway }, hold.held);
  await writeAll(ctx, exposures, meters);
  return { bookedNanoUsd: String(sum), upToNanoUsd: String(sum + underway), isOpen: false, why: 'Its time was over, and this closes it.' };
}

/** What a lease was given for. */
function purposeOf({ workload, feature, provider, modelCalled: model, customer, tags, trafficStage }: Hold): Purpose {
  const stage = trafficStage === '' ? {} : { trafficStage: trafficStage as NonNullable<Purpose['trafficStage']> };
  return { workload, provider, model, tags, ...(feature === '' ? {} : { feature }), ...(customer === '' ? {} : { customer }), ...stage };
}

/** Why a lease gets nothing more, and its holder is to ask for each call or for another lease; null where it may get more. */
function whyNoMore(ctx: Context, hold: Hold, ask: Ask): string | null {
  if (hold.expiresAt <= ctx.now) return 'Its time is over.';
  const isSame = ask.spans.length === hold.periodIds.length && ask.spans.every((span) => hold.periodIds.includes(span.id));
  return whyNoLease(ask) ?? (isSame ? null : 'Its budgets are no longer the same.');
}
