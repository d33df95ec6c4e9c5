import type { CallDims } from '@/lib/budget/scope';
import { type FoldedCall, foldCall, foldName, namesOf } from '@/lib/containment/names';
import { type ActiveAction, effectOn } from '@/lib/containment/rules';
import type { ContainmentSet } from '@/lib/containment/set';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { cheapest } from '@/lib/spend/contain/contain';
import type { FlagContext, FlagOut } from './schema';

/** A workload as its flags need it. `features` are those it has by name. */
export type Flagged = {
  slug: string;
  team: string;
  costCentre: string;
  trafficStage: string;
  adopted: boolean;
  features: string[];
  /** The share of the target that a recovery lets pass now; null where none is under way. */
  resumePercent: number | null;
};

/** What flags are evaluated by. */
export type Moment = { set: ContainmentSet; context: FlagContext; now: Instant };

/** Names that are flags of every workload; a feature of the same name is not reached by its flag. */
const OWN = ['model', 'resume'] as const;

function callOf({ set, context, now }: Moment, workload: Flagged, feature: string): FoldedCall {
  const { provider = '', model = '', customer = '', tags = {} } = context;
  const { slug, team, costCentre, adopted } = workload;
  const dims: CallDims = {
    ...{ workload: slug, feature, provider, model, customer, tags, team, costCentre, unassigned: !adopted },
    trafficStage: context.trafficStage ?? workload.trafficStage,
  };
  return foldCall(dims, namesOf(set.book, context.provider ?? null, context.model ?? null, now));
}

/** The keys of a workload's flags: its features, those that an action has switched off by name, and the two of every workload. */
export function keysOf(moment: Moment, workload: Flagged): string[] {
  const { featuresOff } = effectOn(moment.set.actions, callOf(moment, workload, ''), moment.now);
  const known = new Set(workload.features.map(foldName));
  return [...workload.features, ...featuresOff.filter((each) => !known.has(foldName(each))), ...OWN];
}

/** Evaluates one flag of a workload by the same rules that decide on its calls. @returns null where it has no such flag */
export function evaluateFlag(moment: Moment, workload: Flagged, key: string): FlagOut | null {
  if (key === 'model') return modelFlag(moment, workload, key);
  if (key === 'resume') return resumeFlag(workload, key);
  const folded = foldName(key);
  const feature = keysOf(moment, workload).find((each) => foldName(each) === folded);
  return feature === undefined ? null : featureFlag(moment, workload, key, feature);
}

function featureFlag(moment: Moment, workload: Flagged, key: string, feature: string): FlagOut {
  const { block, featureOff } = effectOn(moment.set.actions, callOf(moment, workload, feature), moment.now);
  // A block over the feature itself has switched it off, too.
  const off = featureOff ?? (block?.scope.dims.some(([field]) => field === 'feature') ? block : null);
  if (!off) return { key, value: true, reason: 'STATIC', variant: 'on', metadata: { workload: workload.slug } };
  return { key, value: false, reason: 'DISABLED', variant: 'off', metadata: { workload: workload.slug, ...saidOf(off) } };
}

const saidOf = (action: ActiveAction): Record<string, string> => ({
  action: action.id,
  since: toIso(action.startedAt),
  ...(action.expiresAt === null ? {} : { until: toIso(action.expiresAt) }),
});

/** As much as a call may use, to tell which of two models is the cheaper. */
const A_CALL = { input: 1_000_000, output: 1_000_000 };

/**
 * The model to use now, for a program that says which one it would use; without that, the one that its workload is routed to.
 * Where nothing is routed the program's own choice holds.
 */
function modelFlag(moment: Moment, workload: Flagged, key: string): FlagOut {
  const { context, set, now } = moment;
  const metadata = { workload: workload.slug };
  const route = cheapest(effectOn(set.actions, callOf(moment, workload, ''), now).routes, () => A_CALL, set.book, now);
  if (!route)
    return { key, ...(context.model === undefined ? {} : { value: context.model }), reason: 'DEFAULT', variant: 'asked', metadata };
  const said = { ...metadata, ...saidOf(route), provider: route.to.provider };
  return { key, value: route.to.model, reason: 'TARGETING_MATCH', variant: 'routed', metadata: said };
}

/** The share of its target that a workload may spend now: all of it, unless a recovery lets pass less. */
const resumeFlag = ({ slug, resumePercent }: Flagged, key: string): FlagOut =>
  resumePercent === null
    ? { key, value: 1, reason: 'STATIC', variant: 'whole', metadata: { workload: slug } }
    : { key, value: resumePercent / 100, reason: 'TARGETING_MATCH', variant: 'stage', metadata: { workload: slug } };
