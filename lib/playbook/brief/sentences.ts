import type { BudgetOut } from '@/lib/budget/schema';
import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import type { ValueOut } from '@/lib/value/schema';
import type { WorkloadOut } from '@/lib/workload/schema';
import type { StepOut } from '../schema';
import type { Section, Sentence } from './schema';

/** What a brief is written from: what the screens show. */
export type BriefFacts = {
  workloads: WorkloadOut[];
  budgets: BudgetOut[];
  /** Names of members, by id. */
  members: Record<string, string>;
  value: Pick<ValueOut, 'kpis' | 'splits'>;
  /** The steps of the hard-stop guide as they stand. */
  steps: StepOut[];
  /** Breaches that nobody has answered, and prepared actions that wait for a yes. */
  unanswered: number;
  prepared: number;
};

const one = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const say = (key: string, text: string, href: string, query: string): Sentence => ({ key, text, href, query });

const WORKLOADS = ['/workloads', '/api/v1/workloads?limit=500'] as const;
const BUDGETS = ['/budgets', '/api/v1/budgets?limit=500'] as const;
const VALUE = ['/spend/value', '/api/v1/value'] as const;
const GUIDE = '/playbooks/budget-hard-stop';
const STEPS = '/api/v1/playbooks/budget-hard-stop';

const criticalOf = ({ workloads }: BriefFacts) => workloads.filter((each) => each.criticality === 'critical' && each.adoptedAt !== null);

function runs(facts: BriefFacts): Sentence[] {
  const { workloads } = facts;
  if (workloads.length === 0) return [say('workloads', 'No workload has called yet.', ...WORKLOADS)];
  const critical = criticalOf(facts).map((each) => each.name);
  const names = critical.length === 0 ? 'none of them is marked critical' : `critical: ${critical.join(', ')}`;
  const loose = workloads.filter((each) => each.adoptedAt === null).length;
  return [
    say('workloads', `${one(workloads.length, 'workload')} ${workloads.length === 1 ? 'is' : 'are'} known; ${names}.`, ...WORKLOADS),
    ...(loose === 0 ? [] : [say('unadopted', `${one(loose, 'workload')} ${loose === 1 ? 'is' : 'are'} taken on by nobody.`, ...WORKLOADS)]),
  ];
}

function spends({ value: { kpis } }: BriefFacts): Sentence[] {
  if (kpis.length === 0) return [say('spend', 'Nothing was spent in the last thirty days.', ...VALUE)];
  const sum = kpis.reduce((all, each) => all + BigInt(each.spend.now ?? 0), 0n);
  const [top] = kpis;
  return [
    say('spend', `The last 30 days cost ${formatMoney(sum)}.`, ...VALUE),
    ...(top && kpis.length > 1 ? [say('top', `Most of it, ${formatMoney(top.spend.now ?? '0')}, went to ${top.name}.`, ...VALUE)] : []),
  ];
}

function holds(facts: BriefFacts): Sentence[] {
  const own = facts.budgets.filter((each) => each.kind === 'scoped' && each.endedAt === null);
  const refusing = own.filter((each) => each.mode === 'enforce').length;
  const counted =
    own.length === 0
      ? say('budgets', 'No workload has a budget of its own yet.', ...BUDGETS)
      : say(
          'budgets',
          `${one(own.length, 'budget')} ${own.length === 1 ? 'holds' : 'hold'} workloads; ${refusing} of them ${refusing === 1 ? 'refuses' : 'refuse'} calls.`,
          ...BUDGETS,
        );
  return [counted, ...criticalOf(facts).map((workload) => stopOf(workload, own))];
}

function stopOf({ slug, name }: WorkloadOut, own: readonly BudgetOut[]): Sentence {
  const budget = own.find(
    (each) => each.scope.workload === slug && Object.keys(each.scope).filter((field) => field !== 'tags').length === 1,
  );
  if (!budget) return say(`stop.${slug}`, `${name} is critical, and no budget of its own can stop it.`, ...WORKLOADS);
  const { hardStopNanoUsd, amountNanoUsd } = budget.current;
  const verb = budget.mode === 'enforce' ? 'stops' : 'would stop, and only observes,';
  const text = `${name} ${verb} at ${formatMoney(hardStopNanoUsd)} of ${formatMoney(amountNanoUsd)}.`;
  return say(`stop.${slug}`, text, `/budgets/${budget.id}`, `/api/v1/budgets/${budget.id}`);
}

function answers({ workloads, members }: BriefFacts): Sentence[] {
  const adopted = workloads.filter((each) => each.adoptedAt !== null);
  if (adopted.length === 0) return [say('owners', 'Nobody answers for a workload yet.', ...WORKLOADS)];
  return adopted.map(({ slug, name, ownerId }) => {
    const place = [`/workloads/${encodeURIComponent(slug)}`, `/api/v1/workloads/${encodeURIComponent(slug)}`] as const;
    return ownerId === null
      ? say(`owner.${slug}`, `Nobody answers for ${name}.`, ...place)
      : say(`owner.${slug}`, `${members[ownerId] ?? 'A former member'} answers for ${name}.`, ...place);
  });
}

const openSteps = ({ steps }: BriefFacts): StepOut[] => steps.filter((each) => !each.done);

function gaps(facts: BriefFacts): Sentence[] {
  const open = openSteps(facts);
  if (open.length === 0) return [say('gaps', 'Every step of the hard-stop check list is done.', GUIDE, STEPS)];
  return open.map((step) => say(`gap.${step.id}`, step.say ?? `Not done yet: ${step.title}.`, `${GUIDE}#${step.id}`, STEPS));
}

const WEEKS = 4;

/** The gaps in the order of the guide, spread over four weeks: what stops money first comes first. */
function plan(facts: BriefFacts): Sentence[] {
  const open = openSteps(facts);
  if (open.length === 0) return [say('plan', 'Nothing is left to plan: go through the list again when it is due.', GUIDE, STEPS)];
  const each = Math.ceil(open.length / WEEKS);
  return Array.from({ length: Math.ceil(open.length / each) }, (_, week) => {
    const titles = open.slice(week * each, (week + 1) * each).map((step) => step.title);
    return { ...say(`week.${week + 1}`, `${titles.join('; ')}.`, GUIDE, STEPS), label: `Week ${week + 1}` };
  });
}

function kpis({ value }: BriefFacts): Sentence[] {
  if (value.kpis.length === 0) return [say('kpis', 'There is nothing to measure yet.', ...VALUE)];
  return value.kpis.map(({ workload, trafficStage, name, costPerSuccess, quality, missing }) => {
    const key = `kpi.${workload}.${trafficStage}`;
    if (missing.includes('outcome') || costPerSuccess.now === null)
      return say(key, `${name} tells nothing of what came of its calls.`, ...VALUE);
    const rate = quality.now === null ? '' : ` at a quality of ${formatPercent(quality.now, 0)}`;
    return say(key, `A success of ${name} costs ${formatMoney(costPerSuccess.now)}${rate}.`, ...VALUE);
  });
}

function decisions({ value, budgets, unanswered, prepared }: BriefFacts): Sentence[] {
  const splits = value.splits.filter((each) => each.verdict === 'advised');
  const observing = budgets.filter((each) => each.kind === 'scoped' && each.endedAt === null && each.mode === 'observe');
  const all = [
    ...(unanswered === 0
      ? []
      : [
          say(
            'unanswered',
            `${one(unanswered, 'breach').replace(/breachs$/, 'breaches')} ${unanswered === 1 ? 'waits' : 'wait'} for an answer.`,
            '/breaches',
            '/api/v1/breaches',
          ),
        ]),
    ...(prepared === 0
      ? []
      : [
          say(
            'prepared',
            `${one(prepared, 'prepared action')} ${prepared === 1 ? 'waits' : 'wait'} for a yes.`,
            '/containment',
            '/api/v1/containment-actions?state=prepared',
          ),
        ]),
    ...observing.map(({ id, name }) =>
      say(`enforce.${id}`, `Shall ${name} refuse calls? It only observes.`, `/budgets/${id}#mode`, `/api/v1/budgets/${id}`),
    ),
    ...splits.map(({ workload, feature, from, to, savingNanoUsd }) =>
      say(
        `split.${workload}.${feature}.${to.model}`,
        `Shall ${to.model} answer for ${from.model} in ${feature === '' ? workload : `${workload}, ${feature}`}? About ${formatMoney(savingNanoUsd ?? '0')} less in 30 days.`,
        ...VALUE,
      ),
    ),
  ];
  return all.length > 0 ? all : [say('decisions', 'Nothing waits for a decision.', '/', '/api/v1/overview')];
}

/** The brief of an organisation: every sentence from live data, with where it can be seen and what it was asked of. */
export const briefOf = (facts: BriefFacts): Section[] => [
  { title: 'What runs', sentences: runs(facts) },
  { title: 'What it costs', sentences: spends(facts) },
  { title: 'What holds it', sentences: holds(facts) },
  { title: 'Who answers', sentences: answers(facts) },
  { title: 'Gaps', sentences: gaps(facts) },
  { title: 'The next four weeks', sentences: plan(facts) },
  { title: 'KPI plan', sentences: kpis(facts) },
  { title: 'Decisions needed', sentences: decisions(facts) },
];

/** The brief as Markdown. */
export const briefMarkdown = (sections: readonly Section[]): string =>
  [
    '# AI budget control: working brief',
    ...sections.flatMap(({ title, sentences }) => [
      `## ${title}`,
      sentences.map(({ label, text }) => `- ${label ? `**${label}:** ` : ''}${text}`).join('\n'),
    ]),
    '',
  ].join('\n\n');
