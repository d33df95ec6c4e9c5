import { describe, expect, it } from 'vitest';
import { reader } from '@/lib/db';
import { minutes, plus, seconds, toIso } from '@/lib/kernel/instant';
import { expireHolds } from '@/lib/spend/hold/expire';
import { ingestUsage } from '@/lib/spend/ingest/ingest';
import { stopByHand } from '@/lib/spend/limit/stop-by-hand';
import { NOON } from '@/lib/testing/bare-org';
import { ask, changed, DOLLAR, decided, expectTrue, made, openStops, read, spend } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { aCall, asked, CALL, ended, given, leasing, PER_SECOND, settled } from './testing/leasing';

useDatabase();

const figures = async (org: Parameters<typeof read>[0], id: string, now = NOON) => {
  const { heldNanoUsd, presumedNanoUsd, actualNanoUsd, excess } = (await read(org, id, now)).current;
  return { held: BigInt(heldNanoUsd), presumed: BigInt(presumedNanoUsd), actual: BigInt(actualNanoUsd) - 45n * (DOLLAR / 10n), excess };
};

describe('a lease', () => {
  it('sets a second of recent spend aside, books what its calls cost, and is filled up again', async () => {
    const { org, id } = await leasing();
    const lease = await given(org);
    expect(lease).toMatchObject({ decision: 'allow', upToNanoUsd: String(PER_SECOND), model: 'gpt-4o' });
    // In and out of gpt-4o: $2.50 and $10 a million.
    expect(lease.bounds).toMatchObject({ input: '2500000000', output: '10000000000' });
    expect(await figures(org, id)).toEqual({ held: PER_SECOND, presumed: 0n, actual: 0n, excess: [] });
    const answer = await settled(org, lease.leaseId, [aCall(), aCall()], CALL);
    // What ended, what is under way, and a second of it.
    expect(answer).toEqual({ bookedNanoUsd: String(2n * CALL), upToNanoUsd: String(3n * CALL + PER_SECOND), isOpen: true, why: null });
    expect(await figures(org, id)).toEqual({ held: CALL + PER_SECOND, presumed: 0n, actual: 2n * CALL, excess: [] });
    await expectTrue(org);
    await settled(org, lease.leaseId, [aCall()]);
    expect(await ended(org, lease.leaseId)).toMatchObject({ settledNanoUsd: String(3n * CALL), presumedNanoUsd: '0' });
    expect(await figures(org, id)).toEqual({ held: 0n, presumed: 0n, actual: 3n * CALL, excess: [] });
    expect(await reader().query('SELECT FROM ledger_entry WHERE org_id = $1 AND hold_id = $2', [org.orgId, lease.leaseId])).toHaveLength(3);
    await expectTrue(org);
  });

  it('has no more than its holder wants, ten seconds of recent spend, and a hundredth of what is left', async () => {
    const { org } = await leasing();
    expect((await given(org, { amountNanoUsd: '3000' })).upToNanoUsd).toBe('3000');
    const lease = await given(org);
    // More than ten seconds are under way: nothing more is given until some of it has ended.
    const underway = 11n * PER_SECOND;
    const { upToNanoUsd } = await settled(org, lease.leaseId, [], underway);
    expect(upToNanoUsd).toBe(String(underway));
    await settled(org, lease.leaseId, []);
    // $9.49 of $9.50 spent, and what the two leases have.
    await spend(org, 499n * (DOLLAR / 100n) - underway - 3_000n);
    expect((await given(org)).upToNanoUsd).toBe('100000');
    await expectTrue(org);
  });

  it('cannot bypass a budget: one on a dimension that it does not name refuses it', async () => {
    const { org } = await leasing();
    await made(org, { name: 'Acme', scope: { workload: 'support-bot', customer: 'acme' }, leases: true });
    await expect(asked(org)).rejects.toMatchObject({ code: 'lease.dimension_missing', errors: [{ pointer: '/customer' }] });
    expect(await given(org, { customer: 'globex' })).toMatchObject({ decision: 'allow' });
    await made(org, { name: 'Red', scope: { tags: { team: 'red' } }, leases: true });
    await expect(asked(org, { customer: 'globex' })).rejects.toMatchObject({
      code: 'lease.dimension_missing',
      errors: [{ pointer: '/tags/team' }],
    });
    expect(await given(org, { customer: 'globex', tags: { team: 'blue' } })).toMatchObject({ decision: 'allow' });
    await expectTrue(org);
  });

  it('a killed holder presumes one second, and what it had said to be under way', async () => {
    const { org, id } = await leasing();
    const lease = await given(org);
    await settled(org, lease.leaseId, [aCall()]);
    const later = plus(NOON, seconds(61));
    expect(await org.run(expireHolds, later)).toBe(1);
    expect(await figures(org, id, later)).toEqual({ held: 0n, presumed: PER_SECOND, actual: CALL, excess: [] });
    await expectTrue(org);
    // It was only stopped for a while: what it comes back with corrects the presumption, and is the last.
    const late = await settled(org, lease.leaseId, [aCall(), aCall()], 0n, later);
    expect(late).toMatchObject({ bookedNanoUsd: String(3n * CALL), isOpen: false });
    expect(await figures(org, id, later)).toEqual({ held: 0n, presumed: 0n, actual: 3n * CALL, excess: [] });
    await expect(settled(org, lease.leaseId, [aCall()], 0n, later)).rejects.toMatchObject({ code: 'lease.closed' });
    await expectTrue(org);
  });

  it('after a stop no lease is given; those given finish inside their money', async () => {
    const { org, id } = await leasing();
    const lease = await given(org);
    await org.run((ctx) => stopByHand(ctx, { budgetId: id, reason: 'enough' }), NOON);
    expect(await asked(org)).toMatchObject({ decision: 'deny', reason: 'stopped', budgetId: id });
    const answer = await settled(org, lease.leaseId, [aCall()]);
    expect(answer).toMatchObject({ bookedNanoUsd: String(CALL), upToNanoUsd: String(PER_SECOND) });
    expect(await figures(org, id)).toMatchObject({ held: PER_SECOND - CALL, actual: CALL });
    await expectTrue(org);
  });

  it('a settlement that is sent again books nothing twice', async () => {
    const { org, id } = await leasing();
    const lease = await given(org);
    const [call, named] = [aCall(), aCall({ responseId: 'resp-1' })];
    for (const again of [[call, named], [call], [call, call], [named, aCall({ responseId: 'resp-1' })]])
      expect(await settled(org, lease.leaseId, again)).toMatchObject({ bookedNanoUsd: String(2n * CALL), isOpen: true });
    expect(await figures(org, id)).toMatchObject({ actual: 2n * CALL });
    await expectTrue(org);
  });

  it('what is spent beyond it is on the books, and an excess where it does not fit', async () => {
    const { org, id } = await leasing();
    const lease = await given(org);
    const dear = aCall({ units: { input: 0, output: 600_000 } });
    await settled(org, lease.leaseId, [dear]);
    expect(await figures(org, id)).toMatchObject({ actual: 6n * DOLLAR, excess: [{ cause: 'overrun' }] });
    expect(await openStops(org)).toMatchObject([{ cause: 'charged' }]);
    await expectTrue(org);
  });

  it('ends by its own doors only', async () => {
    const { org } = await leasing();
    const { leaseId } = await given(org);
    const settle = { kind: 'settle' as const, request: { holdId: leaseId, units: { input: 0, output: 0 } } as never };
    await expect(decided(org, settle)).rejects.toMatchObject({ code: 'hold.is_lease' });
    await expect(decided(org, { kind: 'release', request: { holdId: leaseId } })).rejects.toMatchObject({ code: 'hold.is_lease' });
    const call = {
      eventId: 'e',
      occurredAt: toIso(NOON),
      workload: 'support-bot',
      provider: 'openai',
      model: 'gpt-4o',
      units: { input: 1 },
    };
    const caller = { actor: org.members.admin.actor, orgId: org.orgId, requestId: 'test' };
    const reported = await ingestUsage(caller, [{ ...call, holdId: leaseId }], 'api', NOON);
    expect(reported).toMatchObject({ accepted: 0, rejected: [{ code: 'hold.is_lease' }] });
    const plain = await ask(org);
    await expect(settled(org, plain.holdId ?? '', [])).rejects.toMatchObject({ code: 'lease.not_found' });
    await expect(ended(org, plain.holdId ?? '')).rejects.toMatchObject({ code: 'lease.not_found' });
  });

  it('is ended: what was said to be under way is presumed, until it is said what it came to', async () => {
    const { org, id } = await leasing();
    const { leaseId } = await given(org);
    await settled(org, leaseId, [aCall()], CALL);
    const end = await ended(org, leaseId);
    expect(end).toMatchObject({ settledNanoUsd: String(CALL), presumedNanoUsd: String(CALL) });
    expect(await ended(org, leaseId)).toMatchObject({ settledNanoUsd: String(CALL), presumedNanoUsd: String(CALL) });
    expect(await figures(org, id)).toEqual({ held: 0n, presumed: CALL, actual: CALL, excess: [] });
    await settled(org, leaseId, [aCall()]);
    expect(await figures(org, id)).toEqual({ held: 0n, presumed: 0n, actual: 2n * CALL, excess: [] });
    await expectTrue(org);
  });

  it('is given only where every budget gives leases and nothing contains the calls; and is not filled up once that changes', async () => {
    const { org, id } = await leasing();
    const lease = await given(org);
    await changed(org, id, { leases: false });
    await expect(asked(org)).rejects.toMatchObject({
      code: 'lease.not_given',
      message: expect.stringContaining('"Support" gives no leases'),
    });
    const answer = await settled(org, lease.leaseId, [aCall()]);
    expect(answer).toMatchObject({ isOpen: false, upToNanoUsd: String(PER_SECOND), why: expect.stringContaining('gives no leases') });
    await expectTrue(org);
  });

  it('nothing is given where little is spent', async () => {
    const { org } = await leasing();
    await expect(asked(org, {}, plus(NOON, minutes(60)))).rejects.toMatchObject({ code: 'lease.not_given' });
  });
});
