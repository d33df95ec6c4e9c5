import { expect } from 'vitest';
import { reader } from '@/lib/db';
import { authorizeDoor } from '@/lib/spend/decide/doors';
import { anAsk } from './bare-org';
import { knock, type UsageOrg, usageOrg } from './usage-org';

/** Two calls of $0.0075 fit under 95 % of this, and no third. */
const TIGHT = { amount: '0.02', workload: 'support-bot' };
/** What such a call costs, nano-dollars. */
export const CALL = 7_500_000n;

/** An organisation with one budget that is full after two calls. */
export const tight = (part: object = {}): Promise<UsageOrg> => usageOrg([{ ...TIGHT, ...part }]);
/** Asks through the door. @returns the decision, or the problem */
export const asked = async (org: UsageOrg, part: object = {}, headers: Record<string, string> = {}) =>
  (await knock(authorizeDoor, org, { body: { ...anAsk(), ...part }, headers })).json as Record<string, string>;
/** Pins a key straight in its row. */
const pin = (org: UsageOrg, column: string, value: string) =>
  reader().query(`UPDATE api_key SET ${column} = $3 WHERE org_id = $1 AND id = $2`, [org.orgId, org.keyId, value]);

/** Takes all the room there is. @param pinned what the key is pinned to, before it is first used */
export async function filled(part: object = {}, pinned?: [column: string, value: string]): Promise<{ org: UsageOrg; holdIds: string[] }> {
  const org = await tight(part);
  if (pinned) await pin(org, ...pinned);
  const allowed = [await asked(org), await asked(org)];
  expect(allowed.map((each) => each.decision)).toEqual(['allow', 'allow']);
  return { org, holdIds: allowed.map((each) => each.holdId as string) };
}

/** Nothing more is set aside, and nothing is spent, than what is known. */
export async function expectUsed(org: UsageOrg, held: bigint, actual = 0n): Promise<void> {
  const rows = await reader().query<{ held: bigint; actual: bigint; presumed: bigint }>(
    'SELECT held_nano AS held, actual_nano AS actual, presumed_nano AS presumed FROM budget_period WHERE org_id = $1 AND budget_id = $2',
    [org.orgId, org.budgets[0] ?? ''],
  );
  // A budget that nothing has met yet has no period.
  expect(rows[0] ?? { held: 0n, actual: 0n, presumed: 0n }).toEqual({ held, actual, presumed: 0n });
}
