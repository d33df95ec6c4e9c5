import type { Guide } from './guides/guide';
import type { PlaybookOut, StepOut } from './schema';

/** A check list as it is copied, downloaded and printed: of an organisation, or of nobody with nothing ticked. */
export type CheckList = Pick<PlaybookOut, 'title' | 'question' | 'answer' | 'fastPath'> & { steps: StepOut[] };

/** A guide with nothing said of it: what stands on the public pages. */
export const blank = ({ title, question, answer, fastPath, steps }: Guide): CheckList => ({
  ...{ title, question, answer, fastPath },
  steps: steps.map(({ check: _, ...step }) => ({
    ...{ ...step, kind: 'hand', done: false, say: null, gaps: [], evidence: null, risk: null, ownerId: null, ownerName: null },
    ...{ dueOn: null, saidBy: null, saidAt: null },
  })),
});

/** What stands under a step: how it is, what is missing, and what people said of it. One sentence a line, the same on screen and in text. */
export function linesOf(step: StepOut): string[] {
  const { say, gaps, evidence, risk, ownerName, dueOn, kind, done, saidBy } = step;
  const by = kind === 'hand' && done && saidBy ? `Done, says ${saidBy}.` : null;
  const plan = [ownerName === null ? null : `${ownerName} closes it`, dueOn === null ? null : `by ${dueOn}`].filter(Boolean).join(' ');
  return [
    ...[say, by].flatMap((line) => line ?? []),
    ...gaps.map(({ label, say: lack }) => `${label}: ${lack}`),
    ...(risk === null ? [] : [`Risk: ${risk}.`]),
    ...(plan === '' ? [] : [`${plan.charAt(0).toUpperCase()}${plan.slice(1)}.`]),
    ...(evidence === null ? [] : [`Evidence: ${evidence}`]),
  ];
}

/** The check list as Markdown. */
export function markdownOf({ title, question, answer, fastPath, steps }: CheckList): string {
  const step = (each: StepOut): string =>
    [
      `- [${each.done ? 'x' : ' '}] **${each.title}**`,
      ...[each.why, each.how, ...linesOf(each)].map((line) => `  ${line.replaceAll('\n', ' ')}`),
    ].join('  \n');
  return [
    `# ${title}`,
    `*${question}*`,
    answer,
    '## The fast path',
    fastPath.map((line, index) => `${index + 1}. ${line}`).join('\n'),
    `## Check list: ${steps.filter((each) => each.done).length} of ${steps.length}`,
    steps.map(step).join('\n'),
    '',
  ].join('\n\n');
}

/** The columns of the check list as CSV. */
export const CSV_HEADER = ['step', 'title', 'done', 'told_by', 'state', 'why', 'how', 'risk', 'owner', 'due', 'evidence'] as const;

/** A step's row in CSV, in the order of its columns. */
export const csvCells = (step: StepOut): string[] => [
  ...[step.id, step.title, step.done ? 'yes' : 'no', step.kind === 'live' ? 'live state' : (step.saidBy ?? '')],
  ...[[step.say ?? '', ...step.gaps.map(({ label, say }) => `${label}: ${say}`)].filter(Boolean).join(' '), step.why, step.how],
  ...[step.risk ?? '', step.ownerName ?? '', step.dueOn ?? '', step.evidence ?? ''],
];
