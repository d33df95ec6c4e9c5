import { expect, it } from 'vitest';
import { formatMoney } from '@/lib/kernel/format-money';
import { toIso } from '@/lib/kernel/instant';
import { ingestUsage } from '@/lib/spend/ingest/ingest';
import { anOrg } from '@/lib/testing/an-org';
import { NOON } from '@/lib/testing/bare-org';
import { made } from '@/lib/testing/budgets';
import { readValue } from '@/lib/value/read';
import { listWorkloads } from '@/lib/workload/reads';
import { useDatabase } from '@/scripts/testing/database';
import { readFacts } from '../facts';
import { guardOf } from '../guard';
import { readPlaybook } from '../read';
import { implementationMarkdown } from './findings';
import { readImplementation } from './read';

useDatabase();

it("the audit's figures equal the screens'", async () => {
  const org = await anOrg();
  await made(org, { amount: '60.00' });
  const caller = { actor: org.members.admin.actor, orgId: org.orgId, requestId: 'test' };
  const call = {
    occurredAt: toIso(NOON),
    workload: 'support-bot',
    feature: 'chat',
    provider: 'openai',
    units: { input: 4_000, output: 400 },
  };
  for (const [model, count, good] of [
    ['gpt-4o', 400, 360],
    ['gpt-4o-mini', 300, 270],
  ] as const) {
    const records = Array.from({ length: count }, (_, n) => ({
      ...call,
      model,
      eventId: `${model}-${n}`,
      outcome: n < good ? 'success' : 'failure',
    }));
    await ingestUsage(caller, records, 'api', NOON);
  }
  const ctx = org.ctx(NOON);
  const [report, value, facts, guide] = [
    await readImplementation(ctx),
    await readValue(ctx),
    await readFacts(ctx),
    await readPlaybook(ctx, 'budget-hard-stop'),
  ];
  // Value's splits, and their sum.
  const advised = value.splits.filter((each) => each.verdict === 'advised');
  expect(advised).toHaveLength(1);
  expect(report.findings.filter((each) => each.area === 'split').map((each) => each.savingNanoUsd)).toEqual(
    advised.map((each) => each.savingNanoUsd),
  );
  expect(report.savingNanoUsd).toBe(advised[0]?.savingNanoUsd);
  expect(report.findings[0]?.evidence).toContain('300 outcomes');
  // The KPI plan's.
  const [kpi] = value.kpis;
  expect(report.findings.find((each) => each.area === 'kpi')?.evidence).toContain(formatMoney(kpi?.costPerSuccess.now ?? '0'));
  // A workload's own page counts the same checks.
  const { items } = await listWorkloads(ctx, { limit: 50 });
  const missing = items
    .filter((each) => each.adoptedAt !== null)
    .flatMap((each) => guardOf(each, facts.budgets, false).filter((check) => check.missing !== null));
  const guarded = report.findings.filter((each) => each.key.startsWith('guard.'));
  expect(guarded.map((each) => each.evidence)).toEqual(missing.map((check) => check.missing));
  // The check list's sentences are the check list's.
  for (const { key, evidence } of report.findings.filter((each) => each.key.startsWith('process.'))) {
    const step = guide.steps.find((each) => `process.${each.id}` === key);
    expect(step?.done).toBe(false);
    expect(evidence).toBe(step?.say ?? 'Nobody has said that it was done.');
  }
  const text = implementationMarkdown(report);
  for (const each of report.findings) expect(text).toContain(each.title);
});
