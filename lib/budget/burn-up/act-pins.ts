import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { Period } from '@/lib/kernel/period';
import type { BudgetView } from '../read/view';
import type { Pin } from './lines';

const DONE: Record<string, string> = { rate_limit: 'Slower', route: 'Other model', disable_feature: 'Feature off', block: 'Blocked' };

type Action = { kind: string; startedAt: Instant; endedAt: Instant | null; feature: string | null; workload: string | null };

/** When what is done to a budget's spend began and ended: its own actions, and those whose scope shares its workload. */
export async function actionPins(ctx: Context, budget: BudgetView, span: Period): Promise<Pin[]> {
  const actions = await ctx.tx.query<Action>(
    `SELECT kind, started_at AS "startedAt", ended_at AS "endedAt", workload, coalesce(params ->> 'feature', feature) AS feature FROM containment_action
      WHERE org_id = $1 AND started_at < $4 AND (ended_at IS NULL OR ended_at >= $3)
        AND (budget_id = $2 OR $5::text IS NULL OR workload IS NULL OR workload = $5) ORDER BY started_at LIMIT 200`,
    [ctx.orgId, budget.id, toIso(span.startsAt), toIso(span.endsAt), budget.scope.workload ?? null],
  );
  return actions.flatMap(({ kind, startedAt, endedAt, feature, workload }): Pin[] => {
    const what = kind === 'disable_feature' && feature ? `Without ${feature}` : (DONE[kind] ?? kind);
    const whose = workload && workload !== budget.scope.workload ? `${what}, ${workload}` : what;
    const ended = endedAt === null ? [] : [{ at: endedAt, kind: 'action_off' as const, label: `${whose}: ended`, href: '/containment' }];
    return [{ at: startedAt, kind: 'action_on', label: whose, href: '/containment' }, ...ended];
  });
}

/** The steps by which spend came back, and what people noted on the way. */
export async function recoveryPins(ctx: Context, budget: BudgetView, span: Period): Promise<Pin[]> {
  const steps = await ctx.tx.query<{ at: Instant; kind: string; percent: number | null }>(
    `SELECT s.at, s.kind, s.percent FROM recovery_step s JOIN recovery_plan p ON p.org_id = s.org_id AND p.id = s.plan_id
      WHERE s.org_id = $1 AND p.budget_id = $2 AND s.kind IN ('resume', 'step_back', 'abort') AND s.at >= $3 AND s.at < $4 ORDER BY s.at LIMIT 200`,
    [ctx.orgId, budget.id, toIso(span.startsAt), toIso(span.endsAt)],
  );
  const notes = await ctx.tx.query<{ at: Instant; text: string }>(
    `SELECT n.at, n.text FROM recovery_note n JOIN recovery_plan p ON p.org_id = n.org_id AND p.id = n.plan_id
      WHERE n.org_id = $1 AND p.budget_id = $2 AND n.kind = 'note' AND n.at >= $3 AND n.at < $4 ORDER BY n.at LIMIT 200`,
    [ctx.orgId, budget.id, toIso(span.startsAt), toIso(span.endsAt)],
  );
  return [
    ...steps.map(({ at, kind, percent }): Pin => ({ at, kind: 'resume', label: resumeLabel(kind, percent) })),
    ...notes.map(({ at, text }): Pin => ({ at, kind: 'note', label: `“${text.length > NOTE ? `${text.slice(0, NOTE)}…` : text}”` })),
  ];
}

/** A note is shown by its beginning. */
const NOTE = 80;

const resumeLabel = (kind: string, percent: number | null): string => {
  if (kind === 'abort') return 'Stopped again';
  return `${kind === 'resume' ? 'Resumed' : 'Back'} to ${percent ?? 0}\u00a0%`;
};
