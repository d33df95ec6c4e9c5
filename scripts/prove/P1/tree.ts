import { setTimeout as pause } from 'node:timers/promises';
import { budgetIn } from '@/lib/budget/schema';
import { readClock } from '@/lib/clock';
import { reader } from '@/lib/db';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import type { TestOrg } from '@/lib/testing/an-org';
import type { Budget } from './beside';
import { type Place, workloadOf } from './callers';

/** Three budgets that a call may meet at once. */
const treeAt = (place: Place, dollars: number) => [
  { name: `tree ${place.epoch}`, amount: dollars.toFixed(2), scope: { workload: workloadOf(place) } },
  { name: `chat ${place.epoch}`, amount: (dollars * 0.4).toFixed(2), scope: { workload: workloadOf(place), feature: 'chat' } },
  { name: `customer ${place.epoch}`, amount: (dollars * 0.16).toFixed(2), scope: { workload: workloadOf(place), customer: 'c-1' } },
];

/** Makes the tree of a place. One key makes all calls, so it may hold as much as there is. */
export async function treeOf(org: TestOrg, place: Place, dollars: number): Promise<Budget[]> {
  const now = await readClock(reader());
  const tree: Budget[] = [];
  for (const each of treeAt(place, dollars)) {
    const input = budgetIn.parse({ ...each, period: 'month', leases: true });
    const { id } = await org.run((ctx) => makeBudget(ctx, input), now);
    tree.push({ id, amount: Number(each.amount) });
  }
  await reader().query('UPDATE budget SET key_hold_ppm = 1000000 WHERE org_id = $1', [org.orgId]);
  return tree;
}

const PATIENCE_MS = 5_000;

/** Waits until a budget of a place's tree has been stopped, or has had its time. */
export async function isStoppedSoon(org: TestOrg, place: Place): Promise<boolean> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await pause(50)) {
    const stopped = await reader().query(
      `SELECT FROM stop s JOIN budget b ON b.org_id = s.org_id AND b.id = s.budget_id WHERE s.org_id = $1 AND b.workload = $2 LIMIT 1`,
      [org.orgId, workloadOf(place)],
    );
    if (stopped.length > 0) return true;
  }
  return false;
}
