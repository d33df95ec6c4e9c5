/** What stands between a newcomer and a guarded organisation, in the order in which it is done. */
export const GUARD_STEPS = ['call', 'priced', 'budget', 'enforce', 'pinned', 'second_admin'] as const;
export type GuardStep = (typeof GUARD_STEPS)[number];

/** Which of the steps are so now. */
export type Guard = Record<GuardStep, boolean>;
