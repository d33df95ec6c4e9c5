import { listBudgets } from '@/lib/budget/read/budgets';
import type { Instant } from '@/lib/kernel/instant';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { changed, DOLLAR, made, spend } from '@/lib/testing/budgets';
import { endLease } from '../end';
import { giveLease } from '../give';
import { type LeaseEnded, type LeaseGiven, type LeaseOut, type LeaseSettled, leaseIn, leaseSettleIn } from '../schema';
import { settleLease } from '../settle';

/** What support-bot is charged a second in these tests, and what a call of 100 tokens in and 50 out costs. Nano-dollars. */
export const PER_SECOND = 5_000_000n;
export const CALL = 100n * 2_500n + 50n * 10_000n;

/** An organisation whose support-bot spends $0.005 a second, with a budget of $10 that gives leases; all other budgets do too. */
export async function leasing(part: Record<string, unknown> = {}): Promise<{ org: TestOrg; id: string }> {
  const org = await anOrg();
  const { id } = await made(org, { leases: true, ...part });
  const { items } = await listBudgets(org.ctx(NOON), { limit: 50 });
  for (const each of items) if (each.id !== id) await changed(org, each.id, { leases: true });
  await spend(org, 45n * (DOLLAR / 10n));
  return { org, id };
}

const byOf = (org: TestOrg) => ({ keyId: org.keys['spend:authorize'].id, pins: { tags: {} } });

/** Asks for a lease of support-bot. */
export const asked = (org: TestOrg, part: Record<string, unknown> = {}, now: Instant = NOON): Promise<LeaseOut> => {
  const input = { workload: 'support-bot', provider: 'openai', model: 'gpt-4o', amountNanoUsd: '1000000000', ...part };
  return org.run((ctx) => giveLease(ctx, byOf(org), leaseIn.parse(input)), now);
};
export const given = async (org: TestOrg, part: Record<string, unknown> = {}, now: Instant = NOON): Promise<LeaseGiven> =>
  (await asked(org, part, now)) as LeaseGiven;

let sent = 0;
/** A call under a lease that has ended. */
export const aCall = (part: Record<string, unknown> = {}) => ({ eventId: `leased-${++sent}`, units: { input: 100, output: 50 }, ...part });

/** Settles a lease. @param underway the bound of what is under way */
export const settled = (org: TestOrg, id: string, records: object[], underway = 0n, now: Instant = NOON): Promise<LeaseSettled> =>
  org.run((ctx) => settleLease(ctx, byOf(org), id, leaseSettleIn.parse({ underwayNanoUsd: String(underway), records })), now);

export const ended = (org: TestOrg, id: string, now: Instant = NOON): Promise<LeaseEnded> =>
  org.run((ctx) => endLease(ctx, byOf(org).pins, id), now);
