import { reader } from '@/lib/db';
import type { Instant } from '@/lib/kernel/instant';
import { keepDaysOf, watchOne } from '@/lib/spend/resume/run';
import type { Cast } from './cast';

/** The open recoveries of the story, the longest open first, with what they flow at. */
export const recoveriesOf = (orgId: string): Promise<{ id: string; budgetId: string; percent: number | null }[]> =>
  reader().query(
    `SELECT id, budget_id AS "budgetId", stage_percent AS percent FROM recovery_plan WHERE org_id = $1 AND closed_at IS NULL ORDER BY opened_at, id`,
    [orgId],
  );

/** The daily entries that are due are written. */
export async function writeYesterday({ program: { orgId } }: Cast, now: Instant): Promise<void> {
  for (const { id } of await recoveriesOf(orgId)) await keepDaysOf(orgId, id, now);
}

/** What rules do of themselves in the days after, at one moment: gates are looked at, steps taken. */
export async function keepWatch({ program: { orgId } }: Cast, now: Instant): Promise<void> {
  for (const { id } of await recoveriesOf(orgId)) await watchOne(orgId, id, now);
}
