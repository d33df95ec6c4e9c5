import type { WorkloadForm } from '@/lib/workload/client';
import type { WorkloadOut } from '@/lib/workload/schema';

/** A workload as its form holds it: text in every field, '' for what it has not. */
export type Draft = {
  name: string;
  criticality: WorkloadOut['criticality'];
  trafficStage: WorkloadOut['trafficStage'];
  team: string;
  costCentre: string;
  ownerId: string;
  message: string;
  url: string;
  stopByHand: string;
};

export const draftOf = (workload: WorkloadOut): Draft => ({
  ...{ name: workload.name, criticality: workload.criticality, trafficStage: workload.trafficStage },
  ...{ team: workload.team ?? '', costCentre: workload.costCentre ?? '', ownerId: workload.ownerId ?? '' },
  ...{ message: workload.fallback?.message ?? '', url: workload.fallback?.url ?? '', stopByHand: workload.stopByHand ?? '' },
});

/** Whether a field differs from what was read; blanks around it do not count. */
export const isChanged = (draft: Draft, saved: WorkloadOut, field: keyof Draft): boolean => draft[field].trim() !== draftOf(saved)[field];

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What of a draft is to be sent: the fields that differ. Message and link go together; without a message there is no link. */
export function changeOf(draft: Draft, saved: WorkloadOut): WorkloadForm {
  const differs = (field: keyof Draft) => isChanged(draft, saved, field);
  const message = orNull(draft.message);
  return {
    ...(differs('name') && { name: draft.name.trim() }),
    ...(differs('criticality') && { criticality: draft.criticality }),
    ...(differs('trafficStage') && { trafficStage: draft.trafficStage }),
    ...(differs('team') && { team: orNull(draft.team) }),
    ...(differs('costCentre') && { costCentre: orNull(draft.costCentre) }),
    ...(differs('ownerId') && { ownerId: orNull(draft.ownerId) }),
    ...((differs('message') || (message !== null && differs('url'))) && {
      fallback: message === null ? null : { message, url: orNull(draft.url) },
    }),
    ...(differs('stopByHand') && { stopByHand: orNull(draft.stopByHand) }),
  };
}
