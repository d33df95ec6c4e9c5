import type { WorkloadOut } from '@/lib/workload/schema';
import { guardOf } from '../guard';
import { counted, type Facts, type Finding, type Gap } from './finding';

const STOP_AT = 0.95;
const CRITICAL: [string, string] = ['critical workload', 'critical workloads'];
const critical = ({ workloads }: Facts): WorkloadOut[] =>
  workloads.filter((each) => each.criticality === 'critical' && each.adoptedAt !== null);

const NONE_CRITICAL: Finding = {
  done: false,
  say: 'No workload is marked critical yet.',
  gaps: [{ label: 'Workloads', say: 'Mark those whose failure or overspend would hurt most.', act: 'Choose', href: '/workloads' }],
};

/** A check of each critical workload. @param gapOf what one lacks; null where it lacks nothing */
function ofCritical(
  facts: Facts,
  gapOf: (workload: WorkloadOut) => Omit<Gap, 'label'> | null,
  lack: [string, string],
  all: string,
): Finding {
  const list = critical(facts);
  if (list.length === 0) return NONE_CRITICAL;
  const gaps = list.flatMap((workload) => {
    const gap = gapOf(workload);
    return gap ? [{ label: workload.name, ...gap }] : [];
  });
  return counted(gaps, list.length, CRITICAL, lack, all);
}

/** The same by one of the checks that a workload's own page shows. */
export const guarded =
  (key: string, lack: [string, string], all: string) =>
  (facts: Facts): Finding =>
    ofCritical(
      facts,
      (workload) => {
        const check = guardOf(workload, facts.budgets, facts.hasDefaultPolicy).find((each) => each.key === key);
        return check?.missing ? { say: check.missing, act: check.act, href: check.href } : null;
      },
      lack,
      all,
    );

const pageOf = ({ slug }: WorkloadOut): string => `/workloads/${encodeURIComponent(slug)}`;

/** Whether somebody has taken on whatever spends. */
export function adopted({ workloads }: Facts): Finding {
  const gaps = workloads
    .filter((each) => each.adoptedAt === null && each.lastDay !== null)
    .map((each) => ({ label: each.name, say: 'It spends, and nobody has taken it on.', act: 'Look', href: pageOf(each) }));
  if (workloads.length === 0) return { done: false, say: 'No workload has called yet.', gaps: [] };
  return counted(
    gaps,
    workloads.length,
    ['workload', 'workloads'],
    ['is nobody’s', 'are nobody’s'],
    'Every workload that spends is taken on.',
  );
}

/** Whether the budgets of critical workloads stop where they should. */
export function stopLevel(facts: Facts): Finding {
  const slugs = new Set(critical(facts).map((each) => each.slug));
  const own = facts.budgets.filter((each) => each.endedAt === null && slugs.has(String(each.scope.workload ?? '')));
  if (own.length === 0) return { done: false, say: 'No critical workload has a budget yet.', gaps: [] };
  const gaps = own.flatMap(({ id, name, thresholds }) => {
    const stop = thresholds.find((each) => each.kind === 'stop');
    if (!stop || stop.at <= STOP_AT) return [];
    return [{ label: name, say: `It stops at ${Math.round(stop.at * 1_000) / 10} %.`, act: 'Lower it', href: `/budgets/${id}#levels` }];
  });
  return counted(gaps, own.length, ['budget', 'budgets'], ['stops above 95 %', 'stop above 95 %'], 'Every stop lies at 95 % or below.');
}

/** Whether each workload has somebody who answers for it. */
export function owners({ workloads }: Facts): Finding {
  const list = workloads.filter((each) => each.adoptedAt !== null);
  if (list.length === 0) return { done: false, say: 'No workload is taken on yet.', gaps: [] };
  const gaps = list
    .filter((each) => each.ownerId === null)
    .map((each) => ({ label: each.name, say: 'Nobody answers for it.', act: 'Name one', href: `${pageOf(each)}#what` }));
  return counted(gaps, list.length, ['workload', 'workloads'], ['has no owner', 'have no owner'], 'Every workload has an owner.');
}

/** Whether parts of critical workloads can be switched off by themselves. */
export const features = (facts: Facts): Finding =>
  ofCritical(
    facts,
    (each) =>
      each.features.length > 0 ? null : { say: 'It has no part that can be switched off by itself.', act: 'Name them', href: pageOf(each) },
    ['names no feature', 'name no features'],
    'Every critical workload names its features.',
  );
