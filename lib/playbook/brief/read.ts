import { audit } from '@/lib/audit/write';
import { budgetIn } from '@/lib/budget/schema';
import type { Context } from '@/lib/context';
import { waitingOf } from '@/lib/insight/overview/waiting';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { nanoUsd } from '@/lib/kernel/money';
import { listMembers } from '@/lib/org/member/reads';
import { makeBudget } from '@/lib/spend/limit/make-budget';
import { readValue } from '@/lib/value/read';
import { readFacts } from '../facts';
import { amountFromDays } from '../proposed-amount';
import { readSteps, requireGuide } from '../read';
import type { BriefOut, DraftBudget, VersionOut } from './schema';
import { type BriefFacts, briefMarkdown, briefOf } from './sentences';

const MOST = 500;
const VERSIONS_SHOWN = 20;

/** Reads what a brief is written from, from where the screens read it. */
export async function readBriefFacts(ctx: Context): Promise<BriefFacts> {
  const facts = await readFacts(ctx);
  const [value, members, waiting, steps] = await Promise.all([
    readValue(ctx),
    listMembers(ctx, { limit: MOST }),
    waitingOf(ctx),
    readSteps(ctx, requireGuide('budget-hard-stop'), facts),
  ]);
  return {
    ...{ workloads: facts.workloads, budgets: facts.budgets, value, steps },
    members: Object.fromEntries(members.items.map(({ id, name }) => [id, name])),
    unanswered: waiting.breaches.filter((each) => !each.isAnswered).length,
    prepared: waiting.prepared.length,
  };
}

/** Budgets for whatever is taken on, spends, and has none of its own: what thirty days came to and a quarter more, a month. */
function draftsOf({ workloads, budgets, value }: BriefFacts): DraftBudget[] {
  const held = new Set(budgets.filter((each) => each.endedAt === null).map((each) => each.scope.workload));
  return workloads.flatMap(({ slug, name, adoptedAt }) => {
    if (adoptedAt === null || held.has(slug)) return [];
    const spent = value.kpis.filter((each) => each.workload === slug).reduce((sum, each) => sum + BigInt(each.spend.now ?? 0), 0n);
    const amount = amountFromDays({ days: 30, spentNano: nanoUsd(spent) });
    return amount === null ? [] : [{ workload: slug, name, amount, currency: 'USD' }];
  });
}

async function versionsOf(ctx: Context): Promise<VersionOut[]> {
  const rows = await ctx.tx.query<Omit<VersionOut, 'savedAt'> & { savedAt: Instant }>(
    `SELECT v.version, v.markdown, coalesce(p.name, k.name, 'Hardstop') AS "savedBy", v.saved_at AS "savedAt" FROM brief_version v
       LEFT JOIN member m ON m.org_id = v.org_id AND m.id = v.saved_by LEFT JOIN person p ON p.id = m.person_id
       LEFT JOIN api_key k ON k.org_id = v.org_id AND k.id = v.saved_by
      WHERE v.org_id = $1 ORDER BY v.version DESC LIMIT ${VERSIONS_SHOWN}`,
    [ctx.orgId],
  );
  return rows.map((row) => ({ ...row, savedAt: toIso(row.savedAt) }));
}

/** The working brief as it stands, and what people have saved of it. */
export async function readBrief(ctx: Context): Promise<BriefOut> {
  const [facts, versions] = await Promise.all([readBriefFacts(ctx), versionsOf(ctx)]);
  const sections = briefOf(facts);
  return { sections, markdown: briefMarkdown(sections), versions, drafts: draftsOf(facts) };
}

/** Saves the brief as someone has written it on; earlier versions stay. */
export async function saveBrief(ctx: Context, markdown: string): Promise<BriefOut> {
  await ctx.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`brief ${ctx.orgId}`]);
  const [row] = await ctx.tx.query<{ version: number }>(
    `INSERT INTO brief_version (org_id, version, markdown, saved_by, saved_at)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4 FROM brief_version WHERE org_id = $1 RETURNING version`,
    [ctx.orgId, markdown, ctx.actor.id, toIso(ctx.now)],
  );
  await audit(ctx, 'brief.saved', { kind: 'brief', id: String(row?.version) }, null, { version: row?.version });
  return readBrief(ctx);
}

/** Makes the real dashboard of a brief: its draft budgets, each observing, with the levels that every budget begins with. @returns their ids */
export async function generateDashboard(ctx: Context): Promise<{ budgetIds: string[] }> {
  const drafts = draftsOf(await readBriefFacts(ctx));
  const budgetIds: string[] = [];
  for (const { workload, name, amount, currency } of drafts) {
    const draft = budgetIn.parse({ name, scope: { workload }, period: 'month', amount, currency, mode: 'observe' });
    budgetIds.push((await makeBudget(ctx, draft)).id);
  }
  return { budgetIds };
}
