import { readAction } from '@/lib/containment/reads';
import type { Context } from '@/lib/context';
import { type Instant, toIso } from '@/lib/kernel/instant';
import type { NanoUsd } from '@/lib/kernel/money';
import { readOrganisation } from '@/lib/org/reads';
import { addTold, type Comparison, compare, costPerConversion, costPerSuccess, NOTHING_TOLD, qualityOf, type Told } from './rules';
import type { KpiOut, ProposalOut, SplitOut, ValueOut } from './schema';
import { readTargets, type TargetRow } from './targets';
import { readSpent, readTold, type SpentRow, spansOf, type ToldRow } from './told';

const text = (amount: NanoUsd | null | undefined): string | null => (amount === null || amount === undefined ? null : String(amount));
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** What is told of all calls that one thinks of. */
const sum = (rows: readonly ToldRow[], isNow: boolean): Told =>
  rows.filter((row) => row.isNow === isNow).reduce<Told>((all, each) => addTold(all, each), NOTHING_TOLD);

const MISSING = { outcome: 'known', quality: 'rated', converted: 'followed' } as const;

function kpiOf(spent: SpentRow, told: readonly ToldRow[], target: TargetRow | undefined, name: string): KpiOut {
  const [now, before] = [sum(told, true), sum(told, false)];
  const [quality, qualityBefore] = [qualityOf(now), qualityOf(before)];
  return {
    ...{ workload: spent.workload, name, trafficStage: spent.trafficStage, calls: spent.calls, known: now.known, successes: now.successes },
    spend: { now: String(spent.spent), before: String(spent.spentBefore), target: text(target?.spend) },
    costPerSuccess: { now: text(costPerSuccess(now)), before: text(costPerSuccess(before)), target: text(target?.costPerSuccess) },
    costPerConversion: { now: text(costPerConversion(now)), before: text(costPerConversion(before)), target: null },
    quality: { now: quality?.mean ?? null, before: qualityBefore?.mean ?? null, target: target?.quality ?? null, count: now.rated },
    conversion: {
      ...{ now: share(now.conversions, now.followed), before: share(before.conversions, before.followed) },
      ...{ target: target?.conversion ?? null, count: now.followed },
    },
    qualityInterval: quality,
    ...{ ownerId: target?.ownerId ?? null, ownerName: target?.ownerName ?? null, reviewOn: target?.reviewOn ?? null },
    missing: (Object.keys(MISSING) as (keyof typeof MISSING)[]).filter((key) => now[MISSING[key]] === 0),
  };
}

/** What is said of every feature in which two models have answered; what is advised first, the largest saving first. */
export function splitsOf(rows: readonly ToldRow[], required: (workload: string) => number | null): SplitOut[] {
  const now = rows.filter((row) => row.isNow);
  const byFeature = Map.groupBy(now, ({ workload, feature }) => JSON.stringify([workload, feature]));
  return [...byFeature]
    .flatMap(([key, group]) => {
      const [workload, feature] = JSON.parse(key) as [string, string];
      const whole = now.filter((row) => row.workload === workload).reduce((calls, row) => calls + row.calls, 0);
      const byModel = Map.groupBy(group, ({ provider, model }) => JSON.stringify([provider, model]));
      const contenders = [...byModel.values()].map((same) => ({
        provider: same[0]?.provider ?? '',
        model: same[0]?.model ?? '',
        calls: same.reduce((calls, row) => calls + row.calls, 0),
        told: sum(same, true),
      }));
      return compare(contenders, required(workload)).map((each) => splitView(workload, feature, each, whole));
    })
    .sort(
      (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || Number(BigInt(b.savingNanoUsd ?? 0) - BigInt(a.savingNanoUsd ?? 0)),
    );
}

const ORDER = ['advised', 'no_saving', 'worse', 'too_few'];

function splitView(
  workload: string,
  feature: string,
  { from, to, verdict, required, quality, saving }: Comparison,
  whole: number,
): SplitOut {
  const view = ({ provider, model, calls, told }: Comparison['from']) => ({
    provider,
    model,
    calls,
    successes: told.successes,
    known: told.known,
  });
  return {
    ...{ workload, feature, from: view(from), to: view(to), verdict, required, quality, share: whole === 0 ? 0 : from.calls / whole },
    ...{ fromCostPerSuccessNanoUsd: text(costPerSuccess(from.told)), toCostPerSuccessNanoUsd: text(costPerSuccess(to.told)) },
    savingNanoUsd: text(saving),
  };
}

type ProposalRow = { id: string; actionId: string; proposedAt: Instant; promised: NanoUsd };

/** The latest proposals, each with what it promised and what it has saved. */
export async function proposalsOf(ctx: Context): Promise<ProposalOut[]> {
  const rows = await ctx.tx.query<ProposalRow>(
    `SELECT id, action_id AS "actionId", proposed_at AS "proposedAt", promised_nano AS promised FROM split_proposal
      WHERE org_id = $1 ORDER BY proposed_at DESC, id DESC LIMIT 20`,
    [ctx.orgId],
  );
  return Promise.all(
    rows.map(async ({ id, actionId, proposedAt, promised }) => {
      const { scope, params, state, savedNanoUsd, startedAt } = await readAction(ctx, actionId);
      const [from, to] = 'to' in params ? [params.from.model, params.to.model] : ['', ''];
      return {
        ...{ id, actionId, proposedAt: toIso(proposedAt), state, workload: scope.workload ?? '', feature: scope.feature ?? '' },
        ...{ from, to, promisedNanoUsd: String(promised), savedNanoUsd, startedAt },
      };
    }),
  );
}

/** What the spend is worth: the KPI plan of each workload and stage, what is known of splitting models, and what was proposed. */
export async function readValue(ctx: Context): Promise<ValueOut> {
  const { zone } = await readOrganisation(ctx);
  const spans = spansOf(zone, ctx.now);
  const [told, spent, targets, names, proposals] = await Promise.all([
    readTold(ctx, spans),
    readSpent(ctx, spans),
    readTargets(ctx),
    ctx.tx.query<{ slug: string; name: string }>('SELECT slug, name FROM workload WHERE org_id = $1', [ctx.orgId]),
    proposalsOf(ctx),
  ]);
  const nameOf = new Map(names.map(({ slug, name }) => [slug, name]));
  const targetOf = new Map(targets.map((row) => [`${row.workload} ${row.trafficStage}`, row]));
  const kpis = spent.map((row) =>
    kpiOf(
      row,
      told.filter((each) => each.workload === row.workload && each.trafficStage === row.trafficStage),
      targetOf.get(`${row.workload} ${row.trafficStage}`),
      nameOf.get(row.workload) ?? row.workload,
    ),
  );
  const required = (workload: string): number | null =>
    targets
      .filter((row) => row.workload === workload && row.quality !== null)
      .reduce<number | null>((most, row) => Math.max(most ?? 0, row.quality ?? 0), null);
  return { kpis, splits: splitsOf(told, required), proposals };
}
