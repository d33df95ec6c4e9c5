import { grantIn } from '@/lib/budget/grant/schema';
import { days, type Instant, plus, toIso } from '@/lib/kernel/instant';
import { liftStop } from '@/lib/stop/lift';
import { anOrg, type TestOrg, type Who } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { DOLLAR, decided, made, openStops, spend } from '@/lib/testing/budgets';
import { approveGrant } from '../approve';
import { askForGrant } from '../ask';

/** What grants here are for. */
export const CHAT = { feature: 'chat' };
const TOMORROW = plus(NOON, days(1));

/** A grant that is asked for, of 30 cents for chat until tomorrow where nothing else is said. */
export const asked = (org: TestOrg, budgetId: string, part: Record<string, unknown> = {}, who: Who = 'operator', now = NOON) =>
  org.run(
    (ctx) =>
      askForGrant(ctx, {
        budgetId,
        ...grantIn.parse({ amount: '0.30', scope: CHAT, reason: 'a demo', expiresAt: toIso(TOMORROW), ...part }),
      }),
    now,
    who,
  );
export const approved = (org: TestOrg, id: string, who: Who = 'analyst', now: Instant = NOON) =>
  org.run((ctx) => approveGrant(ctx, id), now, who);
export const granted = async (org: TestOrg, budgetId: string, part: Record<string, unknown> = {}) =>
  approved(org, (await asked(org, budgetId, part)).id);
/** Lifts the open stop. */
export const lifted = async (org: TestOrg) => {
  const [stop] = await openStops(org);
  await org.run((ctx) => liftStop(ctx, { stopId: stop?.id ?? '', why: 'there is a grant' }), NOON, 'operator');
};
export const settled = (org: TestOrg, holdId: string, input: number) =>
  decided(org, { kind: 'settle', request: { holdId, units: { input, output: 0 } } as never });

/** A budget of $10 that stops at $9.50, with $9.50 spent. */
export async function stopped(): Promise<{ org: TestOrg; id: string }> {
  const org = await anOrg();
  const { id } = await made(org);
  await spend(org, 95n * (DOLLAR / 10n));
  return { org, id };
}
