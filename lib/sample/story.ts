import type { BudgetIn } from '@/lib/budget/schema';

/** How much a workload calls: a working day's calls now, what a week adds (1.05 is 5 %), and the share of that on a weekend day. */
type Rhythm = { callsPerDay: number; weeklyGrowth: number; weekend: number };

/** One kind of call of a workload: which feature, which model, how many tokens about, and how often among its calls. */
type Kind = { feature: string; provider: string; model: string; input: number; output: number; cached: number; share: number };

/** A workload of the sample company. */
export type SampleWorkload = {
  slug: string;
  name: string;
  criticality: 'critical' | 'standard' | 'experimental';
  trafficStage: 'experiment' | 'pilot' | 'ramp' | 'production';
  team: string;
  costCentre: string;
  /** Asks before it spends, from so many days ago on; before, and without it, it reports. */
  asksFirstDays: number;
  /** Its first call was so many days ago. */
  since: number;
  adopted: boolean;
  rhythm: Rhythm;
  kinds: Kind[];
  fallback: string | null;
  /** How often it succeeds, and how often that leads to a sale, where it tells what came of its calls. */
  tells?: { success: number; converts: number };
};

const production = { trafficStage: 'production', adopted: true, asksFirstDays: 0, since: 400 } as const;

/** The company: one workload steady, one growing, one that ran away on a Tuesday, a pilot, and one that nobody has adopted. */
export const WORKLOADS: SampleWorkload[] = [
  {
    ...production,
    ...{ slug: 'support-bot', name: 'Support bot', criticality: 'critical', team: 'Support', costCentre: 'CC-310' },
    rhythm: { callsPerDay: 190, weeklyGrowth: 1.004, weekend: 0.55 },
    kinds: [
      { feature: 'chat', provider: 'openai', model: 'gpt-4o', input: 6_200, output: 420, cached: 0.45, share: 0.62 },
      { feature: 'summaries', provider: 'openai', model: 'gpt-4o-mini', input: 14_000, output: 900, cached: 0.1, share: 0.26 },
      { feature: 'attachments', provider: 'openai', model: 'gpt-4.1', input: 21_000, output: 700, cached: 0, share: 0.12 },
    ],
    fallback: 'The assistant is resting. A person answers within an hour.',
    tells: { success: 0.86, converts: 0.11 },
  },
  {
    ...production,
    ...{ slug: 'doc-extract', name: 'Document extraction', criticality: 'standard', team: 'Finance operations', costCentre: 'CC-420' },
    rhythm: { callsPerDay: 105, weeklyGrowth: 1.062, weekend: 0.08 },
    kinds: [
      { feature: 'invoices', provider: 'anthropic', model: 'claude-sonnet-4-5', input: 15_000, output: 1_100, cached: 0.3, share: 0.7 },
      { feature: 'contracts', provider: 'anthropic', model: 'claude-sonnet-4-5', input: 42_000, output: 1_900, cached: 0.2, share: 0.3 },
    ],
    fallback: null,
  },
  {
    ...production,
    ...{
      slug: 'search-rerank',
      name: 'Search reranking',
      criticality: 'standard',
      trafficStage: 'ramp',
      team: 'Search',
      costCentre: 'CC-510',
    },
    rhythm: { callsPerDay: 150, weeklyGrowth: 1.02, weekend: 0.8 },
    kinds: [{ feature: 'rerank', provider: 'openai', model: 'gpt-4o-mini', input: 9_500, output: 160, cached: 0.2, share: 1 }],
    fallback: null,
  },
  {
    ...production,
    ...{ slug: 'code-review', name: 'Code review', criticality: 'critical', team: 'Platform', costCentre: 'CC-120', asksFirstDays: 32 },
    rhythm: { callsPerDay: 74, weeklyGrowth: 1.0, weekend: 0.1 },
    kinds: [
      { feature: 'review', provider: 'anthropic', model: 'claude-sonnet-4-5', input: 18_000, output: 1_300, cached: 0.35, share: 0.62 },
      { feature: 'triage', provider: 'anthropic', model: 'claude-haiku-4-5', input: 450, output: 50, cached: 0, share: 0.38 },
    ],
    fallback: 'Reviews are done by people today.',
  },
  {
    ...{
      slug: 'voice-agent',
      name: 'Voice agent',
      criticality: 'experimental',
      trafficStage: 'pilot',
      team: 'Support',
      costCentre: 'CC-310',
    },
    ...{ asksFirstDays: 0, since: 44, adopted: true },
    rhythm: { callsPerDay: 38, weeklyGrowth: 1.09, weekend: 0.2 },
    kinds: [{ feature: 'calls', provider: 'openai', model: 'gpt-4o', input: 5_000, output: 1_200, cached: 0.15, share: 1 }],
    fallback: null,
  },
  {
    ...{ slug: 'notebooks', name: 'notebooks', criticality: 'standard', trafficStage: 'production', team: '', costCentre: '' },
    ...{ asksFirstDays: 0, since: 26, adopted: false },
    rhythm: { callsPerDay: 9, weeklyGrowth: 1.12, weekend: 0.1 },
    kinds: [
      { feature: '', provider: 'openai', model: 'gpt-4.1', input: 9_000, output: 1_500, cached: 0, share: 0.8 },
      { feature: '', provider: 'openai', model: 'acme-tuned-7b', input: 900, output: 150, cached: 0, share: 0.2 },
    ],
    fallback: null,
  },
];

export const CUSTOMERS = ['northwind', 'contoso', 'fabrikam', 'globex', 'initech', 'umbra', 'hooli', 'stark'];

/** A budget of the sample; `owner` is who owns it among the sample's people. */
export type SampleBudget = Pick<BudgetIn, 'name' | 'scope' | 'amount' | 'mode' | 'thresholds'> & { owner: 'maya' | 'jonas' };

const sonnet = { provider: 'anthropic', model: 'claude-sonnet-4-5' };
const owners = ['budget_owner', 'escalation_owner'];

/** What the review agent's budget does by itself: at 80 % the cheaper model and fewer calls a minute, at 95 % the stop. */
const GRADED: NonNullable<BudgetIn['thresholds']> = [
  { at: 0.5, kind: 'notify', tell: ['budget_owner'], actions: [] },
  {
    ...{ at: 0.8, kind: 'contain', mustAnswer: true, tell: owners },
    actions: [
      { kind: 'route', mode: 'automatic', params: { from: sonnet, to: { provider: 'anthropic', model: 'claude-haiku-4-5' } } },
      { kind: 'rate_limit', mode: 'automatic', params: { callsPerMinute: 30, burst: 30 } },
    ],
  },
  { at: 0.95, kind: 'stop', mustAnswer: true, tell: owners, actions: [] },
];

export const BUDGETS: SampleBudget[] = [
  { name: 'Support bot', scope: { workload: 'support-bot' }, amount: '130', mode: 'enforce', owner: 'maya' },
  { name: 'Document extraction', scope: { workload: 'doc-extract' }, amount: '190', mode: 'enforce', owner: 'jonas' },
  { name: 'Code review', scope: { workload: 'code-review' }, amount: '150', mode: 'enforce', owner: 'jonas', thresholds: GRADED },
  { name: 'Search reranking', scope: { workload: 'search-rerank' }, amount: '12', mode: 'enforce', owner: 'jonas' },
  { name: 'Voice agent', scope: { workload: 'voice-agent' }, amount: '40', mode: 'observe', owner: 'maya' },
  { name: 'Northwind, all products', scope: { customer: 'northwind' }, amount: '120', mode: 'observe', owner: 'maya' },
];

export const STANDING = { everything: '700.00', unassigned: '60.00' };

/** The runaway: an agent loop that began at 01:40 one Tuesday night, a call every second or two, until it was stopped. */
export const RUNAWAY = { workload: 'code-review', startsAtMinute: 100, callsPerMinute: 36, forMinutes: 140 };

/** How the runaway was brought back: what was found, where the money came from, and who said so, at which minute of which day. */
export const WAY_BACK = {
  answer: 'On it. The review agent is answering its own comments.',
  foundAtMinute: 560,
  cause: 'The review agent took its own comments for new ones and reviewed them again, in a loop.',
  correctiveAction: 'Release 214: comments of the agent are left out, and a pull request is reviewed three times at most.',
  raisedTo: '260',
  resumedAtMinute: 585,
  resumed: 'Release 214 is in production; its own comments are left out.',
  /** The checks that were done on the first morning, by their place on the list. */
  checked: [0, 1],
  /** The last step needs a person's yes: on the Monday after. */
  wholeAfterDays: 6,
  whole: 'Four quiet days. All of it may flow.',
  signedAtMinute: 540,
  notes: ['Only triage passes. As expected.', '', 'Reviews are back, on the cheaper model.', ''],
};
