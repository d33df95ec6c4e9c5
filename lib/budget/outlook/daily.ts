import type { Context } from '@/lib/context';
import type { BudgetView } from '../read/view';
import type { Scope } from '../scope';

/** What was charged on each local day, nano-dollars; a day that is not in it has nothing. */
export type Daily = Map<string, bigint>;

type Row = { id: string; day: string; nano: bigint };

/** The labels that a scope names, as the daily label rollup keeps them. */
const labelsOf = ({ team, costCentre, customer, tags }: Scope): [label: string, value: string][] => [
  ...(team === undefined ? [] : [['team', team] as [string, string]]),
  ...(costCentre === undefined ? [] : [['cost_centre', costCentre] as [string, string]]),
  ...(customer === undefined ? [] : [['customer', customer] as [string, string]]),
  ...Object.entries(tags).map(([tag, value]): [string, string] => [`tag:${tag}`, value]),
];

/**
 * What budgets were charged by local day, from rollups: every basis. A budget whose scope no rollup keeps (two labels, or a label beside
 * more than workload and model) is not in the answer. What the rollups say may be short of the truth (a model that another answered for,
 * a rare value folded into "(other)", a tag that is not registered): hold it against a figure that is known before using it.
 * @param among the days, without a break, ascending
 */
export async function dailyCharged(ctx: Context, budgets: readonly BudgetView[], among: readonly string[]): Promise<Map<string, Daily>> {
  const plain = budgets.filter((each) => labelsOf(each.scope).length === 0);
  const labelled = budgets.filter(isOneLabel);
  const rows = [...(await fromDays(ctx, plain, among)), ...(await fromLabels(ctx, labelled, among))];
  const found = new Map<string, Daily>([...plain, ...labelled].map(({ id }) => [id, new Map()]));
  for (const { id, day, nano } of rows) found.get(id)?.set(day, nano);
  return found;
}

const isOneLabel = ({ scope }: BudgetView): boolean =>
  labelsOf(scope).length === 1 && (scope.feature ?? scope.provider ?? scope.trafficStage) === undefined;

/** Whether what rollups say of a budget is what its own figures say, by the way it is kept: a scope of workload, feature and stage alone. */
export const isExact = ({ kind, scope }: BudgetView): boolean =>
  kind !== 'unassigned' && labelsOf(scope).length === 0 && (scope.provider ?? scope.model) === undefined;

async function fromDays(ctx: Context, budgets: BudgetView[], among: readonly string[]): Promise<Row[]> {
  const [first, last] = [among[0], among.at(-1)];
  if (budgets.length === 0 || first === undefined || last === undefined) return [];
  const column = (of: (budget: BudgetView) => string | undefined) => budgets.map((each) => of(each) ?? null);
  return ctx.tx.query<Row>(
    `SELECT w.id, r.day, sum(r.amount_nano)::int8 AS nano
       FROM unnest($4::text[], $5::bool[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
              AS w(id, unassigned, workload, feature, traffic_stage, provider, model)
       JOIN rollup_day r ON r.org_id = $1 AND r.day >= $2::date AND r.day <= $3::date
        AND (w.workload IS NULL OR r.workload = w.workload) AND (w.feature IS NULL OR r.feature = w.feature)
        AND (w.traffic_stage IS NULL OR r.traffic_stage = w.traffic_stage) AND (w.provider IS NULL OR r.provider = w.provider)
        AND (w.model IS NULL OR r.model = w.model)
        AND (NOT w.unassigned OR r.workload IN (SELECT slug FROM workload WHERE org_id = $1 AND adopted_at IS NULL))
      GROUP BY w.id, r.day`,
    [
      ...[ctx.orgId, first, last, budgets.map((each) => each.id), budgets.map((each) => each.kind === 'unassigned')],
      ...[column(({ scope }) => scope.workload), column(({ scope }) => scope.feature), column(({ scope }) => scope.trafficStage)],
      ...[column(({ scope }) => scope.provider), column(({ scope }) => scope.model)],
    ],
  );
}

async function fromLabels(ctx: Context, budgets: BudgetView[], among: readonly string[]): Promise<Row[]> {
  if (budgets.length === 0) return [];
  const labels = budgets.map(({ scope }) => labelsOf(scope)[0] as [string, string]);
  return ctx.tx.query<Row>(
    `SELECT w.id, r.day, sum(r.amount_nano)::int8 AS nano
       FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS w(id, label, value, workload, model)
       JOIN rollup_label r ON r.org_id = $1 AND r.day = ANY($2::date[]) AND r.label = w.label AND r.value = w.value
        AND (w.workload IS NULL OR r.workload = w.workload) AND (w.model IS NULL OR r.model = w.model)
      GROUP BY w.id, r.day`,
    [
      ...[ctx.orgId, among, budgets.map((each) => each.id), labels.map(([label]) => label), labels.map(([, value]) => value)],
      ...[budgets.map(({ scope }) => scope.workload ?? null), budgets.map(({ scope }) => scope.model ?? null)],
    ],
  );
}
