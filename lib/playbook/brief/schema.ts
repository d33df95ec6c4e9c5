import { z } from 'zod';

const sentenceOut = z.object({
  /** Names the sentence: it stays when its words change. */
  key: z.string(),
  text: z.string(),
  /** Stands before it, such as a week. */
  label: z.string().optional(),
  /** The screen on which it can be seen, and the address it was asked of. */
  href: z.string(),
  query: z.string(),
});
export type Sentence = z.output<typeof sentenceOut>;

const sectionOut = z.object({ title: z.string(), sentences: z.array(sentenceOut) });
export type Section = z.output<typeof sectionOut>;

const versionOut = z.object({ version: z.number(), markdown: z.string(), savedBy: z.string(), savedAt: z.string() });
export type VersionOut = z.output<typeof versionOut>;

const draftOut = z.object({ workload: z.string(), name: z.string(), amount: z.string(), currency: z.string() });
export type DraftBudget = z.output<typeof draftOut>;

export const briefOut = z.object({
  sections: z.array(sectionOut),
  markdown: z.string(),
  /** What people have saved of it, the latest first. */
  versions: z.array(versionOut),
  /** The budgets that a dashboard would be made of: for what spends and has none of its own. */
  drafts: z.array(draftOut),
});
export type BriefOut = z.output<typeof briefOut>;

export const saveBriefIn = z.strictObject({ markdown: z.string().trim().min(1, 'write something').max(100_000) });

export const dashboardOut = z.object({ budgetIds: z.array(z.string()) });
