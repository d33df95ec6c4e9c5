import type { ActionOut, FeatureParams } from '@/lib/containment/schema';
import type { WorkloadOut } from '@/lib/workload/schema';

/** How a feature stands: `partly` off for some calls, `prepared` when an action that would switch it off waits for a yes. */
export type FeatureState = { state: 'on' | 'off' | 'partly' | 'prepared'; by: ActionOut | null };

/** Names of features are told apart without regard to case, as calls give them. */
const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether an action bites a workload's calls of one feature: all of them, only some (it names more than that), or none. */
function reach(action: ActionOut, workload: WorkloadOut, feature: string): 'all' | 'part' | null {
  const { tags, ...scope } = action.scope;
  if (action.unassigned && workload.adoptedAt !== null) return null;
  const own: Record<string, string | null> = { workload: workload.slug, team: workload.team, costCentre: workload.costCentre, feature };
  for (const [field, value] of Object.entries(scope)) if (field in own && !same(own[field] ?? '', value ?? '')) return null;
  const isNarrow = Object.keys(scope).some((field) => !(field in own)) || Object.keys(tags).length > 0;
  return isNarrow ? 'part' : 'all';
}

/** Whether an action switches a feature off where it bites: by its name, or as a block over just this feature. */
const switchesOff = ({ kind, params, scope }: ActionOut, feature: string): boolean =>
  (kind === 'disable_feature' && same((params as FeatureParams).feature, feature)) || (kind === 'block' && scope.feature !== undefined);

const STRICTEST = ['off', 'partly', 'prepared'] as const;

/** How a feature of a workload stands, and the action that holds it so: of several, the one that holds most. */
export function featureState(workload: WorkloadOut, feature: string, actions: readonly ActionOut[]): FeatureState {
  const found = actions.flatMap((by): FeatureState[] => {
    const much = by.state === 'ended' || !switchesOff(by, feature) ? null : reach(by, workload, feature);
    if (much === null) return [];
    return [{ state: by.state === 'prepared' ? 'prepared' : much === 'all' ? 'off' : 'partly', by }];
  });
  return STRICTEST.flatMap((state) => found.find((each) => each.state === state) ?? [])[0] ?? { state: 'on', by: null };
}
