import { endAction } from '@/lib/containment/end';
import { type ActionOut, actionIn } from '@/lib/containment/schema';
import { switchOn } from '@/lib/containment/switch-on';
import type { TestOrg } from './an-org';
import { NOON } from './bare-org';

/** Switches an action on that blocks support-bot, changed as the test needs. */
export const contain = (org: TestOrg, part: Record<string, unknown> = {}, now = NOON): Promise<ActionOut> =>
  org.run((ctx) => switchOn(ctx, actionIn.parse({ kind: 'block', scope: { workload: 'support-bot' }, reason: 'A loop', ...part })), now);

/** Routes calls of gpt-4o to gpt-4o-mini. */
export const ROUTE = {
  kind: 'route',
  params: { from: { provider: 'openai', model: 'gpt-4o' }, to: { provider: 'openai', model: 'gpt-4o-mini' } },
};

/** Ends an action. */
export const letGo = (org: TestOrg, { id }: Pick<ActionOut, 'id'>, now = NOON): Promise<ActionOut> =>
  org.run((ctx) => endAction(ctx, id, 'Mended'), now);
