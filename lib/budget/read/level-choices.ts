import type { Context } from '@/lib/context';
import { days, minus, toIso } from '@/lib/kernel/instant';
import { listChannels } from '@/lib/notice/channel/reads';
import { listMembers } from '@/lib/org/member/reads';
import type { BudgetOut } from '../schema';

/** What the levels of a budget may name: models lately called in its scope, the dearest first; features; people and channels to tell. */
export type LevelChoices = {
  models: { provider: string; model: string }[];
  features: string[];
  targets: { value: string; label: string }[];
};

const LOOKED_BACK = days(62);
const MOST = 50;

const DUTIES = [
  { value: 'budget_owner', label: 'The budget’s owner' },
  { value: 'escalation_owner', label: 'Escalation owners' },
];

/** What the levels of a budget are picked from; models and features that have not been seen yet may be typed. */
export async function levelChoices(ctx: Context, { scope }: Pick<BudgetOut, 'scope'>): Promise<LevelChoices> {
  const workload = scope.workload ?? null;
  const [models, features, members, channels] = await Promise.all([
    ctx.tx.query<{ provider: string; model: string }>(
      `SELECT provider, model FROM rollup_day WHERE org_id = $1 AND day >= $2::timestamptz::date AND ($3::text IS NULL OR workload = $3)
        GROUP BY 1, 2 ORDER BY sum(amount_nano) DESC, 1, 2 LIMIT ${MOST}`,
      [ctx.orgId, toIso(minus(ctx.now, LOOKED_BACK)), workload],
    ),
    ctx.tx.query<{ slug: string }>(
      `SELECT DISTINCT f.slug FROM feature f JOIN workload w ON w.org_id = f.org_id AND w.id = f.workload_id
        WHERE f.org_id = $1 AND w.ended_at IS NULL AND ($2::text IS NULL OR w.slug = $2) ORDER BY 1 LIMIT ${MOST}`,
      [ctx.orgId, workload],
    ),
    listMembers(ctx, { limit: 500, state: 'active' }),
    listChannels(ctx, { limit: 500, state: 'live' }),
  ]);
  return {
    models,
    features: features.map((each) => each.slug),
    targets: [
      ...DUTIES,
      ...members.items.map(({ id, name }) => ({ value: `member:${id}`, label: name })),
      ...channels.items.map(({ id, name }) => ({ value: `channel:${id}`, label: name })),
    ],
  };
}
