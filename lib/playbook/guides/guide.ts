import type { CheckKey } from '../checks/all';

/** Guides in the order in which they are gone through: find the gaps, guard the spend, run it. */
export const PHASES = ['find', 'guard', 'run'] as const;
export type Phase = (typeof PHASES)[number];
export const PHASE_WORDS: Record<Phase, string> = { find: 'Find', guard: 'Guard', run: 'Run' };

/** One step of a guide. */
export type GuideStep = {
  /** Never changes: what people said of the step is kept under it. */
  id: string;
  title: string;
  /** Why it matters, in a sentence. */
  why: string;
  /** What to do, so that it can be done without asking. */
  how: string;
  /** What tells whether it is done; absent where only a person can say. */
  check?: CheckKey;
};

/** A guide: its answer first, then the fast path, then every step. */
export type Guide = {
  slug: string;
  phase: Phase;
  title: string;
  /** What it answers, as people ask it. */
  question: string;
  /** The direct answer, two or three sentences. */
  answer: string;
  /** What to do when there is one hour. */
  fastPath: string[];
  steps: GuideStep[];
  /** How often it is to be gone through again. */
  reviewEveryDays: number;
  /** The guide that comes after it. */
  next: string;
};
