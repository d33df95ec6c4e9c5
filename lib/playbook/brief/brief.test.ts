import { expect, it } from 'vitest';
import { doors } from '@/lib/api/doors';
import { reader } from '@/lib/db';
import { formatMoney } from '@/lib/kernel/format-money';
import { toIso } from '@/lib/kernel/instant';
import { ingestUsage } from '@/lib/spend/ingest/ingest';
import { changeWorkload, makeWorkload } from '@/lib/spend/limit/workloads';
import { anOrg, type TestOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { changed, made, read } from '@/lib/testing/budgets';
import { standClock } from '@/lib/testing/usage-org';
import { useDatabase } from '@/scripts/testing/database';
import { GUIDES } from '../guides/all';
import { generateDashboard, readBrief, saveBrief } from './read';
import type { BriefOut } from './schema';

useDatabase();
standClock(NOON);

let sent = 0;
const book = async (org: TestOrg, workload: string, count: number, outcome?: string): Promise<void> => {
  const caller = { actor: org.members.admin.actor, orgId: org.orgId, requestId: 'test' };
  const records = Array.from({ length: count }, () => ({
    ...{
      eventId: `brief-${++sent}`,
      occurredAt: toIso(NOON),
      workload,
      provider: 'openai',
      model: 'gpt-4o',
      units: { input: 30_000, output: 3_000 },
    },
    ...(outcome ? { outcome } : {}),
  }));
  expect((await ingestUsage(caller, records, 'api', NOON)).rejected).toEqual([]);
};

/** Two workloads that spend: a critical one with a budget, an owner and outcomes, and one that has nothing. */
async function working(): Promise<{ org: TestOrg; budget: string }> {
  const org = await anOrg();
  const { id } = await made(org, { amount: '40.00' });
  const change = { criticality: 'critical', ownerId: org.members.admin.actor.id };
  await org.run((ctx) => changeWorkload(ctx, { slug: 'support-bot', ifMatch: null, change: change as never }), NOON);
  await org.run((ctx) => makeWorkload(ctx, { slug: 'embedder' } as never), NOON);
  await book(org, 'support-bot', 30, 'success');
  await book(org, 'embedder', 20);
  return { org, budget: id };
}

const briefOf = (org: TestOrg) => readBrief(org.ctx(NOON));
const sentences = ({ sections }: BriefOut) => sections.flatMap((each) => each.sentences);
const texts = (brief: BriefOut) => new Map(sentences(brief).map((each) => [each.key, each.text]));
const hasFigure = (text: string) => /\d/.test(text);

/** The answer to a query of a sentence, as an admin asks it. */
async function answerTo(org: TestOrg, query: string): Promise<string> {
  const url = new URL(query, 'http://localhost');
  for (const door of doors) {
    const names = [...door.path.matchAll(/\{(\w+)\}/g)].map((each) => each[1] as string);
    const found = door.method === 'GET' && new RegExp(`^${door.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(url.pathname);
    if (!found) continue;
    const params = Object.fromEntries(names.map((name, i) => [name, found[i + 1] as string]));
    const response = await org.ask(door, 'admin', { params, query: Object.fromEntries(url.searchParams) });
    expect(response.status, query).toBe(200);
    return response.text();
  }
  throw new Error(`no door answers ${query}`);
}

it('every sentence with a figure links to its query, whose answer holds the figure', async () => {
  const { org } = await working();
  const brief = await briefOf(org);
  const withFigure = sentences(brief).filter((each) => hasFigure(each.text));
  expect(withFigure.length).toBeGreaterThan(6);
  for (const { key, text, href, query } of withFigure) {
    expect(href, key).toMatch(/^\//);
    const answer = await answerTo(org, query);
    const shown = new Set([...answer.matchAll(/"(\d{4,})"/g)].map((each) => formatMoney(each[1] as string)));
    if (key === 'spend')
      shown.add(formatMoney([...answer.matchAll(/"spend":\{"now":"(\d+)"/g)].reduce((sum, each) => sum + BigInt(each[1] as string), 0n)));
    for (const money of text.match(/\$[\d,.]*\d/g) ?? []) expect([...shown], `${key}: ${text}`).toContain(money);
  }
});

it('changing three facts changes exactly the named sentences', async () => {
  const { org, budget } = await working();
  const weeks = ['week.1', 'week.2', 'week.3', 'week.4'];
  const differ = async (act: () => Promise<unknown>): Promise<string[]> => {
    const before = texts(await briefOf(org));
    await act();
    const after = texts(await briefOf(org));
    const keys = new Set([...before.keys(), ...after.keys()]);
    return [...keys].filter((key) => before.get(key) !== after.get(key) && !weeks.includes(key)).sort();
  };
  const disown = { slug: 'support-bot', ifMatch: null, change: { ownerId: null } };
  expect(await differ(() => org.run((ctx) => changeWorkload(ctx, disown as never), NOON))).toEqual([
    'gap.critical-owner',
    'owner.support-bot',
  ]);
  expect(await differ(() => changed(org, budget, { mode: 'observe' }))).toEqual(
    [
      ...['budgets', `enforce.${budget}`, 'gap.critical-budget', 'stop.support-bot'],
      // The observing budget opens nothing and closes nothing else: "nothing to decide" is gone.
      'decisions',
    ].sort(),
  );
  expect(await differ(() => book(org, 'support-bot', 1, 'failure'))).toEqual(['kpi.support-bot.production', 'spend', 'top']);
});

it("an empty organisation's brief invents no number", async () => {
  const org = await anOrg();
  const brief = await briefOf(org);
  const titles = GUIDES.flatMap((guide) => guide.steps.map((step) => step.title));
  for (const { key, text } of sentences(brief)) {
    const own = titles.reduce((rest, title) => rest.replace(title, ''), text);
    expect(hasFigure(own), `${key}: ${text}`).toBe(false);
  }
  expect(brief.drafts).toEqual([]);
});

it('is saved in versions, and makes its dashboard: draft budgets that observe', async () => {
  const { org } = await working();
  const first = await org.run((ctx) => saveBrief(ctx, '# Ours\n\nMore.'), NOON, 'operator');
  expect(first.versions).toMatchObject([{ version: 1, markdown: '# Ours\n\nMore.' }]);
  const second = await org.run((ctx) => saveBrief(ctx, '# Ours, again'), NOON, 'analyst');
  expect(second.versions.map((each) => each.version)).toEqual([2, 1]);
  expect(second.drafts).toMatchObject([{ workload: 'embedder', amount: '10.00' }]);
  const { budgetIds } = await org.run((ctx) => generateDashboard(ctx), NOON);
  const budget = await read(org, budgetIds[0] ?? '');
  expect(budget).toMatchObject({ name: 'embedder', mode: 'observe', scope: { workload: 'embedder' } });
  expect(budget.thresholds.map((each) => each.kind)).toEqual(['notify', 'contain', 'stop']);
  expect((await briefOf(org)).drafts).toEqual([]);
  expect(await org.run((ctx) => generateDashboard(ctx), NOON)).toEqual({ budgetIds: [] });
  expect(await reader().query(`SELECT FROM audit_entry WHERE org_id = $1 AND action = 'brief.saved'`, [org.orgId])).toHaveLength(2);
});
