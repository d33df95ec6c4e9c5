import { describe, expect, it } from 'vitest';
import { days, plus, toIso } from '@/lib/kernel/instant';
import { anAsk, NOON } from '@/lib/testing/bare-org';
import { ask, decided, expectTrue, openStops } from '@/lib/testing/budgets';
import { useDatabase } from '@/scripts/testing/database';
import { CHAT, granted, lifted, settled, stopped } from './testing/acts';

useDatabase();

describe('the room of a grant', () => {
  it('outlives no period, and a call that is too large for it stops nobody', async () => {
    const { org, id } = await stopped();
    expect(await granted(org, id, { expiresAt: toIso(plus(NOON, days(60))) })).toMatchObject({ expiresAt: '2026-11-30T23:00:00Z' });
    await lifted(org);
    const large = anAsk({ ...CHAT, maxUnits: { input: 1_000, output: 40_000 } });
    expect(await decided(org, { kind: 'authorize', request: large })).toMatchObject({ decision: 'deny', reason: 'too_large' });
    expect(await ask(org, CHAT)).toMatchObject({ decision: 'allow' });
    expect(await openStops(org)).toEqual([]);
  });

  it('gives no more than the period has left: what another grant was overspent by is missing from all', async () => {
    const { org, id } = await stopped();
    await granted(org, id, { amount: '0.03' });
    await lifted(org);
    const { holdId = '' } = await ask(org, CHAT);
    // $9.50, and 20 cents under a grant of 3.
    await settled(org, holdId, 80_000);
    await granted(org, id, { amount: '0.25', scope: {} });
    await lifted(org);
    // $9.78 is the limit, 8 cents are left: of 15 none, of 15 where less will do as much as fits.
    const large = (part: Record<string, unknown>) => ask(org, { maxUnits: { input: 1_000, output: 15_000 }, ...part });
    expect(await large({})).toMatchObject({ decision: 'deny', reason: 'too_large', largestUnits: { input: 1_000, output: 7_750 } });
    expect(await large({ minOutput: 5_000 })).toMatchObject({ decision: 'allow', maxUnits: { input: 1_000, output: 7_750 } });
    expect(await ask(org)).toMatchObject({ decision: 'deny', reason: 'busy' });
    expect(await openStops(org)).toEqual([]);
    await expectTrue(org);
  });
});
