import { z } from 'zod';
import type { CallDims } from '@/lib/budget/scope';
import type { Context } from '@/lib/context';
import { only } from '@/lib/db';
import { hours, minus, toIso } from '@/lib/kernel/instant';
import { add, type NanoUsd, subtract, ZERO_USD } from '@/lib/kernel/money';
import type { Units } from '@/lib/kernel/units';
import { bookOf } from '@/lib/price/book';
import { type Book, costOf, priceOf } from '@/lib/price/rules';
import { type FoldedCall, foldCall, foldName, foldScope, namesOf, scopeCovers } from './names';
import { requireSense, wouldTouch } from './rules';
import { ACTION_KINDS, type PreviewIn, type RouteParams } from './schema';
import { containmentSet } from './set';

const fallback = z.object({ message: z.string(), url: z.string().nullable() });
const touched = z.object({
  slug: z.string(),
  calls: z.number(),
  /** One whose usage is only reported cannot be refused: it says how to stop it by hand. */
  canBeRefused: z.boolean(),
  stopByHand: z.string().nullable(),
  /** What its users get when it is refused; null where it does not say. */
  fallback: fallback.nullable(),
});
export const previewOut = z.object({
  lastHour: z.object({ calls: z.number(), customers: z.number(), spentNanoUsd: z.string() }),
  /** For a route: by how much less the last hour's calls would have cost, about; null for other kinds and where a price is missing. */
  wouldSaveNanoUsd: z.string().nullable(),
  workloads: z.array(touched),
  /** Actions in force on some of the same calls; the stricter of two wins. */
  conflicts: z.array(z.object({ actionId: z.string(), kind: z.enum(ACTION_KINDS), isStricter: z.boolean() })),
});
export type PreviewOut = z.output<typeof previewOut>;

/** Calls of the last hour that are alike but for when they were made. */
type Alike = CallDims & { modelCalled: string; calls: bigint; spent: NanoUsd; asked: boolean; units: Record<string, number> };

const DIMS = 'workload, feature, provider, model, model_called, traffic_stage, customer, team, cost_centre, unassigned, tags';

/** What was called in the last hour, alike calls together. A batch of corrections counts no call twice: their calls add up to none. */
const lastHour = (ctx: Context): Promise<Alike[]> =>
  ctx.tx.query<Alike>(
    `WITH alike AS (
       SELECT ${DIMS}, sum(calls) AS calls, sum(amount_nano)::int8 AS spent, bool_or(hold_id IS NOT NULL) AS asked, array_agg(units) AS units
         FROM ledger_entry WHERE org_id = $1 AND booked_at > $2 AND booked_at <= $3 GROUP BY ${DIMS})
     SELECT workload, feature, provider, model, model_called AS "modelCalled", traffic_stage AS "trafficStage", customer, team,
            cost_centre AS "costCentre", unassigned, tags, calls, spent, asked,
            coalesce((SELECT jsonb_object_agg(u.kind, u.sum) FROM (SELECT k.key AS kind, sum(k.value::numeric) AS sum
                        FROM unnest(a.units) each, jsonb_each_text(each) k GROUP BY k.key) u), '{}') AS units
       FROM alike a WHERE calls > 0`,
    [ctx.orgId, toIso(minus(ctx.now, hours(1))), toIso(ctx.now)],
  );

/** What an action would do, before it is switched on: whom it would have touched in the last hour. @throws Fault action.senseless · action.other_wire */
export async function previewAction(ctx: Context, input: PreviewIn): Promise<PreviewOut> {
  const scope = { ...input.scope, tags: input.scope.tags ?? {} };
  requireSense(input, scope);
  const heads = only(
    await ctx.tx.query<{ version: number; prices: number }>(
      'SELECT containment_version AS version, price_version AS prices FROM organisation WHERE id = $1',
      [ctx.orgId],
    ),
  );
  const book = await bookOf(ctx.tx, ctx.orgId, heads.prices);
  const { actions } = await containmentSet(ctx.tx, ctx.orgId, heads.version, book, ctx.now);
  const folded = foldScope(scope, false, book, ctx.now);
  const meant = (await lastHour(ctx))
    .map((each) => ({ each, call: foldCall(each, namesOf(book, each.provider, each.modelCalled, ctx.now)) }))
    .filter(({ call }) => scopeCovers(folded, call) && isMeant(ctx, input, call, book));
  const alike = meant.map(({ each }) => each);
  const conflicts = actions.filter((action) => meant.some(({ call }) => wouldTouch(action, call, ctx.now)));
  return {
    lastHour: {
      calls: alike.reduce((sum, each) => sum + Number(each.calls), 0),
      customers: new Set(alike.map((each) => each.customer).filter(Boolean)).size,
      spentNanoUsd: String(add(...alike.map((each) => each.spent))),
    },
    wouldSaveNanoUsd: input.kind === 'route' ? savingOf(ctx, input.params, alike, book) : null,
    workloads: await touchedBy(ctx, scope.workload, alike),
    conflicts: conflicts.map(({ id, kind }) => ({
      actionId: id,
      kind,
      isStricter: STRICTNESS.indexOf(kind) > STRICTNESS.indexOf(input.kind),
    })),
  };
}

const STRICTNESS: readonly PreviewIn['kind'][] = ['route', 'rate_limit', 'disable_feature', 'block'];

/** Beyond the scope: a feature's own calls, the calls of the model that is routed. */
function isMeant(ctx: Context, input: PreviewIn, { dims, names }: FoldedCall, book: Book): boolean {
  if (input.kind === 'disable_feature') return dims.feature === foldName(input.params.feature);
  if (input.kind !== 'route') return true;
  const from = namesOf(book, input.params.from.provider, input.params.from.model, ctx.now);
  return from.providers.some((each) => names.providers.includes(each)) && from.models.some((each) => names.models.includes(each));
}

function savingOf(ctx: Context, { to }: RouteParams, alike: readonly Alike[], book: Book): string | null {
  const price = priceOf(book, to.provider, to.model, ctx.now);
  if (price.kind !== 'priced') return null;
  let saving = ZERO_USD;
  for (const { units, spent } of alike) {
    const would = costOf(units as Units, price.unitPrices);
    if (would === null) return null;
    saving = add(saving, subtract(spent, would));
  }
  return String(saving);
}

type WorkloadRow = { slug: string; message: string | null; url: string | null; stopByHand: string | null };

/** The workloads that were touched, the busiest first; the one that the scope names also without a call. */
async function touchedBy(ctx: Context, named: string | undefined, alike: readonly Alike[]): Promise<PreviewOut['workloads']> {
  const bySlug = Map.groupBy(alike, (each) => each.workload);
  const slugs = [...new Set([...bySlug.keys(), ...(named === undefined ? [] : [named])])];
  const rows = await ctx.tx.query<WorkloadRow>(
    'SELECT slug, fallback_message AS message, fallback_url AS url, stop_by_hand AS "stopByHand" FROM workload WHERE org_id = $1 AND slug = ANY($2)',
    [ctx.orgId, slugs],
  );
  return rows
    .map(({ slug, message, url, stopByHand }) => {
      const own = bySlug.get(slug) ?? [];
      const calls = own.reduce((sum, each) => sum + Number(each.calls), 0);
      return {
        ...{ slug, calls, canBeRefused: own.some((each) => each.asked), stopByHand },
        fallback: message === null ? null : { message, url },
      };
    })
    .sort((a, b) => b.calls - a.calls || (a.slug < b.slug ? -1 : 1));
}
