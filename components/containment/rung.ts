import type { ActionKind, ActionOut, ActionState } from '@/lib/containment/schema';
import type { WorkloadOut } from '@/lib/workload/schema';

export type RungState = Exclude<ActionState, 'ended'> | 'off';

/** One rung of one row: how far it is, in a few words what it does, and the actions that stand on it. */
export type Rung = {
  kind: ActionKind;
  state: RungState;
  note: string;
  actions: ActionOut[];
  /** The budget whose open stop holds this rung. */
  stop: { budgetId: string; budgetName: string } | null;
};

export type Row = {
  key: string;
  name: string;
  /** The workload, where the row is one; null for a scope that crosses workloads. */
  workload: WorkloadOut | null;
  scope: ActionOut['scope'];
  rungs: Rung[];
};
