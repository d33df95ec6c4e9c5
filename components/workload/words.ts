import type { WorkloadOut } from '@/lib/workload/schema';

export const CRITICALITY_WORDS: Record<WorkloadOut['criticality'], string> = {
  critical: 'Critical',
  standard: 'Standard',
  experimental: 'Experimental',
};
export const STAGE_WORDS: Record<WorkloadOut['trafficStage'], string> = {
  experiment: 'Experiment',
  pilot: 'Pilot',
  ramp: 'Ramp-up',
  production: 'Production',
};

/** How far a stop reaches a workload, by how its usage arrives. */
export const ENFORCEMENT_WORDS: Record<WorkloadOut['enforcement'], { word: string; sentence: string }> = {
  gateway: { word: 'gateway', sentence: 'Its calls go through the gateway: a stop refuses the next one.' },
  declared: { word: 'declared', sentence: 'It asks before it calls: a stop refuses the next call, as far as it obeys.' },
  reported: { word: 'reported only', sentence: 'It only reports what it has spent: a stop is told, and a person must stop it by hand.' },
};

/** The state of all workloads, in one line. */
export function workloadsFirstLine(workloads: readonly WorkloadOut[]): string {
  const { length } = workloads;
  if (length === 0) return 'No workload yet: one appears with its first call.';
  const loose = workloads.filter((each) => each.adoptedAt === null).length;
  const all = length === 1 ? 'The only workload is' : `All ${length} workloads are`;
  if (loose > 0)
    return loose === length
      ? `${all} seen in calls and not adopted yet.`
      : `${loose} of ${length} workloads ${loose === 1 ? 'is' : 'are'} not adopted yet.`;
  const blind = workloads.filter((each) => each.enforcement === 'reported' && each.stopByHand === null).length;
  if (blind > 0)
    return `${all} adopted; ${blind === 1 ? 'one only reports' : `${blind} only report`}, and nobody wrote how to stop ${blind === 1 ? 'it' : 'them'}.`;
  return `${all} adopted and can be stopped.`;
}

/** One workload, in one line. */
export function workloadFirstLine(workload: WorkloadOut, whole: number): string {
  const { name, adoptedAt, enforcement, stopByHand } = workload;
  if (adoptedAt === null) return `${name} is seen in calls and not adopted: nobody answers for it.`;
  if (whole === 0) return `${name} has no budget of its own: only the organisation's holds it.`;
  const budgets = whole === 1 ? 'one budget' : `${whole} budgets`;
  if (enforcement !== 'reported') return `${name} is held by ${budgets} and asks before it spends.`;
  return `${name} is held by ${budgets}; ${stopByHand === null ? 'how to stop it is not written down' : 'it is stopped by hand'}.`;
}
