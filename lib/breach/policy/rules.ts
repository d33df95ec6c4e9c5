/** One step of an escalation: who is told, and how long they have before the next one is. */
export type Step = { targets: string[]; minutesToAcknowledge: number };

/** A policy as a breach keeps it: what it was when the breach opened. */
export type Policy = { name: string; steps: Step[]; repeats: number; acknowledgeExpiresMinutes: number | null };

/** How an organisation escalates until it says otherwise. */
export const BUILT_IN: Policy = {
  name: 'Owners, then admins',
  steps: [
    { targets: ['escalation_owner', 'budget_owner'], minutesToAcknowledge: 15 },
    { targets: ['escalation_owner', 'budget_owner', 'admins'], minutesToAcknowledge: 15 },
  ],
  repeats: 1,
  acknowledgeExpiresMinutes: 60,
};

/** Admins are told once an hour when all rounds are through, until somebody answers. */
export const MINUTES_OF_ADMINS = 60;

/** Where a climb stands: the round, and the step told last, both from 1; the step after the last one is the admins'. */
export type Station = { round: number; step: number };

export const FIRST: Station = { round: 1, step: 1 };

/** Whether a station is the end of the climb, where the admins are told again and again. */
export const isAtAdmins = (policy: Policy, { step }: Station): boolean => step > policy.steps.length;

/** The station after one: the next step, the first of the next round, and at the end the admins, round after round. */
export function stationAfter(policy: Policy, at: Station): Station {
  if (isAtAdmins(policy, at)) return { round: at.round + 1, step: at.step };
  if (at.step < policy.steps.length) return { round: at.round, step: at.step + 1 };
  return at.round <= policy.repeats ? { round: at.round + 1, step: 1 } : { round: at.round, step: at.step + 1 };
}

/** Who is told at a station. */
export const targetsAt = (policy: Policy, at: Station): string[] => policy.steps[at.step - 1]?.targets ?? ['admins'];

/** How long those told at a station have before the climb goes on. */
export const minutesAt = (policy: Policy, at: Station): number => policy.steps[at.step - 1]?.minutesToAcknowledge ?? MINUTES_OF_ADMINS;
