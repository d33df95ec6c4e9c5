type Workload = { slug: string; provider: string; model: string; callsADay: number; units: { input: number; output: number } };

/** A company made for a picture: what calls, what it may spend, and which budget's page is looked at. */
export type Company = {
  workloads: Workload[];
  budgets: Record<string, unknown>[];
  shows: string;
  /** Workloads whose stop somebody must answer for. */
  critical: string[];
  /** What holds spend back, or is prepared to. */
  actions: Record<string, unknown>[];
  /** Calls that come when the budgets stand, which pass their levels. */
  after: (Workload & { count: number })[];
  /** What nobody can take as it is. */
  broken: Record<string, unknown>[];
};

const MS_A_DAY = 86_400_000;
const DAYS = 24;

/** Records are sent so many at a time, as `POST /api/v1/usage` takes them. */
const AT_ONCE = 500;

const support: Workload = {
  slug: 'support-bot',
  provider: 'openai',
  model: 'gpt-4o',
  callsADay: 12,
  units: { input: 62_000, output: 4_200 },
};
const docs: Workload = {
  slug: 'document-extraction-for-invoices-and-contracts-europe',
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  callsADay: 6,
  units: { input: 150_000, output: 11_000 },
};
const search: Workload = { slug: 'search', provider: 'openai', model: 'gpt-4o-mini', callsADay: 8, units: { input: 9_500, output: 160 } };

/** As long as names are that people give; a first line has room for it. */
const LONG_NAME = 'Document extraction, Europe and Africa';

const month = (name: string, scope: Record<string, unknown>, amount: string, mode = 'enforce') => ({
  name,
  scope,
  amount,
  mode,
  period: 'month',
});

export const CALM: Company = {
  workloads: [support, docs, search],
  budgets: [
    month('Support', { workload: support.slug }, '120.00'),
    month(LONG_NAME, { workload: docs.slug }, '900.00', 'observe'),
    month('Search', { workload: search.slug }, '12000000.00'),
  ],
  shows: 'Support',
  critical: [],
  actions: [],
  after: [],
  broken: [],
};

export const BREACHED: Company = {
  workloads: [docs, support, search],
  budgets: [
    month(LONG_NAME, { workload: docs.slug }, '110.00'),
    month('Support', { workload: support.slug }, '80.00'),
    month('Anthropic, whatever calls it', { provider: 'anthropic' }, '100.00', 'observe'),
    month('Search', { workload: search.slug }, '12000000.00'),
  ],
  shows: LONG_NAME,
  critical: [docs.slug],
  actions: [
    {
      kind: 'rate_limit',
      params: { callsPerMinute: 30 },
      scope: { workload: support.slug },
      reason: 'Slower until Friday: the month is spent faster than planned',
      expiresAt: '2026-11-24T12:15:00Z',
    },
    {
      kind: 'disable_feature',
      params: { feature: 'attachments' },
      scope: { workload: docs.slug },
      reason: 'Attachments cost most',
      prepare: true,
    },
  ],
  after: [
    { ...docs, count: 40 },
    { ...support, count: 12 },
    { ...search, slug: 'notebook', model: 'acme-tuned-7b-instruct-2026-10-01', count: 9 },
  ],
  broken: [
    { eventId: 'negative', units: { input: -4, output: 1 } },
    { eventId: 'old', occurredAt: '2024-01-01T00:00:00Z' },
  ],
};

/** A number from 0 to 1 that looks like none and is the same each time. */
const spread = (seed: number): number => (Math.imul(seed + 1, 2_654_435_761) >>> 0) / 2 ** 32;

/** A company's calls up to a moment, in pages. @param part what came before its budgets were made, or after */
export function usageOf(company: Company, now: string, part: 'before' | 'after' = 'before'): Record<string, unknown>[][] {
  const end = Date.parse(now);
  const call = ({ slug, provider, model, units }: Workload, id: string, ago: number, seed: number) => ({
    ...{ eventId: id, occurredAt: new Date(end - ago).toISOString(), workload: slug, provider, model },
    ...{ customer: ['northwind', 'contoso', 'fabrikam'][seed % 3], feature: seed % 2 === 0 ? 'chat' : 'attachments' },
    units: { input: Math.round(units.input * (0.5 + spread(seed))), output: Math.round(units.output * (0.5 + spread(seed + 7))) },
  });
  const daily = (workload: Workload) =>
    Array.from({ length: workload.callsADay * DAYS }, (_, n) =>
      call(workload, `${workload.slug}-${n}`, 120_000 + (n / workload.callsADay) * MS_A_DAY, n),
    );
  const records =
    part === 'before'
      ? company.workloads.flatMap(daily)
      : [
          ...company.after.flatMap((each) =>
            Array.from({ length: each.count }, (_, n) => call(each, `after-${each.slug}-${n}`, 60_000 + n * 100, n)),
          ),
          ...company.broken.map((each) => ({ ...call(search, 'broken', 60_000, 1), ...each })),
        ];
  return Array.from({ length: Math.ceil(records.length / AT_ONCE) }, (_, n) => records.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}
