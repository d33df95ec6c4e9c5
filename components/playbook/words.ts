import type { PlaybookOut, PlaybooksOut } from '@/lib/playbook/schema';

type Item = PlaybooksOut['items'][number];

const steps = (count: number): string => `${count} step${count === 1 ? '' : 's'}`;

/** How far all playbooks are, in one line. */
export function playbooksFirstLine(items: readonly Item[]): string {
  const left = items.reduce((sum, each) => sum + each.steps - each.done, 0);
  const first = items.find((each) => each.done < each.steps);
  if (!first) return 'Every step of every playbook is done.';
  return `${steps(left)} of ${items.length} playbooks ${left === 1 ? 'is' : 'are'} left; begin with ${first.title}.`;
}

/** How far one is, in one line. */
export function playbookFirstLine({ title, steps: all, done }: Pick<PlaybookOut, 'title' | 'steps' | 'done'>): string {
  if (done === all.length) return `${title}: all ${all.length} steps are done.`;
  return `${title}: ${done} of ${all.length} steps are done.`;
}

/** When it is to be gone through again. */
export function reviewWords({ reviewedBy, dueOn, isDue, everyDays }: PlaybookOut['review']): string {
  if (reviewedBy === null) return `Nobody has gone through it yet; it is due every ${everyDays} days.`;
  return isDue
    ? `It was due again on ${dueOn}; ${reviewedBy} went through it last.`
    : `${reviewedBy} went through it; due again on ${dueOn}.`;
}
