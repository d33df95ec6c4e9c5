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
    ...{ slug: 'code-review', name: 'Code review', criticality: 'critical', team: 'Platform', costCentre: 'CC-120', asksFirstDays: 40 },
    rhythm: { callsPerDay: 46, weeklyGrowth: 1.0, weekend: 0.05 },
    kinds: [{ feature: 'review', provider: 'anthropic', model: 'claude-sonnet-4-5', input: 18_000, output: 1_300, cached: 0.35, share: 1 }],
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
export type SampleBudget = Pick<BudgetIn, 'name' | 'scope' | 'amount' | 'mode'> & { owner: 'maya' | 'jonas' };

export const BUDGETS: SampleBudget[] = [
  { name: 'Support bot', scope: { workload: 'support-bot' }, amount: '130', mode: 'enforce', owner: 'maya' },
  { name: 'Document extraction', scope: { workload: 'doc-extract' }, amount: '190', mode: 'enforce', owner: 'jonas' },
  { name: 'Code review', scope: { workload: 'code-review' }, amount: '150', mode: 'enforce', owner: 'jonas' },
  { name: 'Search reranking', scope: { workload: 'search-rerank' }, amount: '12', mode: 'enforce', owner: 'jonas' },
  { name: 'Voice agent', scope: { workload: 'voice-agent' }, amount: '40', mode: 'observe', owner: 'maya' },
  { name: 'Northwind, all products', scope: { customer: 'northwind' }, amount: '120', mode: 'observe', owner: 'maya' },
];

export const STANDING = { everything: '700.00', unassigned: '60.00' };

/** The runaway: an agent loop that began at 01:40 one Tuesday night, a call every second or two, until it was stopped. */
export const RUNAWAY = {
  workload: 'code-review',
  startsAtMinute: 100,
  callsPerMinute: 36,
  forMinutes: 140,
  raisedTo: '260',
  raisedAtMinute: 560,
  why: 'The review agent retried its own comments in a loop. Fixed in release 214; the rest of the month needs room.',
};
