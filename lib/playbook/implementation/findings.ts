import { formatCount, formatMoney, formatPercent } from '@/lib/kernel/format-money';
import type { KpiOut, SplitOut } from '@/lib/value/schema';
import type { WorkloadOut } from '@/lib/workload/schema';
import type { BriefFacts } from '../brief/sentences';
import { guardOf } from '../guard';
import type { StepOut } from '../schema';
import type { Finding, ImplementationOut } from './schema';

/** What is read for it: what a brief is written from, and whether there is a default escalation policy. */
export type ImplementationFacts = BriefFacts & { hasDefaultPolicy: boolean };

/** Splits that are advised save money; those without evidence say what is missing. */
function ofSplit(split: SplitOut): Finding[] {
  const { workload, feature, from, to, verdict, quality, savingNanoUsd } = split;
  const of = feature === '' ? workload : `${workload}, ${feature}`;
  const base = { area: 'split' as const, key: `split.${workload}.${feature}.${to.model}`, href: '/spend/value', query: '/api/v1/value' };
  if (verdict === 'advised') {
    const evidence = `${to.model} has a quality of ${formatPercent(quality?.mean ?? 0, 0)} over ${formatCount(quality?.count ?? 0)} outcomes, and a success costs less.`;
    return [{ ...base, title: `${of}: let ${to.model} answer for ${from.model}`, evidence, effort: 'hours', savingNanoUsd }];
  }
  if (verdict !== 'too_few') return [];
  const evidence = `${formatCount(Math.min(from.known, to.known))} of 200 outcomes are there.`;
  return [{ ...base, title: `${of}: measure ${to.model} beside ${from.model}`, evidence, effort: 'days', savingNanoUsd: null }];
}

/** What makes a workload guarded in its stage, check by check, where it is missing. */
function ofWorkload(workload: WorkloadOut, { budgets, hasDefaultPolicy }: ImplementationFacts): Finding[] {
  const checks = guardOf(workload, budgets, hasDefaultPolicy);
  const missing = checks.filter((each) => each.missing !== null);
  return missing.map(({ key, label, missing: evidence, href }) => ({
    area: key === 'owner' || key === 'policy' || key === 'criticality' ? 'process' : 'guardrails',
    key: `guard.${workload.slug}.${key}`,
    title: `${workload.name}: ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
    evidence: evidence ?? '',
    effort: key === 'enforcement' ? 'days' : 'hours',
    savingNanoUsd: null,
    href,
    query: `/api/v1/workloads/${encodeURIComponent(workload.slug)}`,
  }));
}

/** What the KPI plan lacks: outcomes, targets, an owner. */
function ofKpi({ workload, name, trafficStage, missing, spend, costPerSuccess, quality, ownerName }: KpiOut): Finding[] {
  const base = { area: 'kpi' as const, savingNanoUsd: null, href: '/spend/value', query: '/api/v1/value' };
  const cost = formatMoney(spend.now ?? '0');
  if (missing.includes('outcome'))
    return [
      {
        ...base,
        ...{ key: `kpi.${workload}.${trafficStage}.outcome`, title: `${name}: tell what came of its calls`, effort: 'a day' },
        evidence: `${cost} in 30 days, and not one outcome.`,
      },
    ];
  const lacks = [
    costPerSuccess.target === null && quality.target === null ? 'no target' : null,
    ownerName === null ? 'nobody who answers for it' : null,
  ];
  const said = lacks.flatMap((each) => each ?? []);
  if (said.length === 0) return [];
  const at = `A success costs ${formatMoney(costPerSuccess.now ?? '0')}`;
  return [
    {
      ...base,
      key: `kpi.${workload}.${trafficStage}.target`,
      title: `${name}: set its targets`,
      evidence: `${at}, with ${said.join(' and ')}.`,
      effort: 'hours',
    },
  ];
}

const PROCESS = ['workloads-taken-on', 'reachable', 'recovery-daily', 'drill', 'priced'];

/** The steps of the hard-stop guide that are about how people work. */
const ofProcess = ({ id, title, say }: StepOut): Finding => ({
  ...{
    area: 'process',
    key: `process.${id}`,
    title,
    evidence: say ?? 'Nobody has said that it was done.',
    effort: id === 'drill' ? 'a day' : 'hours',
  },
  ...{ savingNanoUsd: null, href: `/playbooks/budget-hard-stop#${id}`, query: '/api/v1/playbooks/budget-hard-stop' },
});

/** The audit: every finding with its evidence, what it takes, and what it saves; the largest saving first. */
export function implementationOf(facts: ImplementationFacts): ImplementationOut {
  const adopted = facts.workloads.filter((each) => each.adoptedAt !== null);
  const findings = [
    ...facts.value.splits.flatMap(ofSplit),
    ...adopted.flatMap((each) => ofWorkload(each, facts)),
    ...facts.value.kpis.flatMap(ofKpi),
    ...facts.steps.filter((each) => !each.done && PROCESS.includes(each.id)).map(ofProcess),
  ].sort((a, b) => Number(BigInt(b.savingNanoUsd ?? 0) - BigInt(a.savingNanoUsd ?? 0)));
  const saving = findings.reduce((sum, each) => sum + BigInt(each.savingNanoUsd ?? 0), 0n);
  return { findings, savingNanoUsd: String(saving) };
}

/** The audit as Markdown. */
export const implementationMarkdown = ({ findings, savingNanoUsd }: ImplementationOut): string =>
  [
    '# AI implementation audit',
    `${findings.length} findings; ${formatMoney(savingNanoUsd)} to be saved in 30 days by what the evidence advises.`,
    findings
      .map(
        ({ title, evidence, effort, savingNanoUsd: saves }) =>
          `- **${title}** (${effort}${saves === null ? '' : `, about ${formatMoney(saves)} in 30 days`}): ${evidence}`,
      )
      .join('\n'),
    '',
  ].join('\n\n');
