import type { ActionKind, ActionOut, FeatureParams, RateLimitParams, RouteParams } from '@/lib/containment/schema';
import { formatCount } from '@/lib/kernel/format-money';
import { nanoUsd, ppm, shareOf } from '@/lib/kernel/money';
import type { StatusKind } from '../ui/status';
import type { Row, RungState } from './rung';

export const STATE_WORDS: Record<RungState, string> = {
  off: 'off',
  prepared: 'prepared',
  taking_hold: 'taking hold…',
  in_force: 'in force',
  failed: 'failed',
};

/** A stop is an octagon wherever it stands; the grades before it are a filled circle. */
export const statusOf = (state: RungState, kind: ActionKind): StatusKind => (state === 'in_force' && kind === 'block' ? 'stopped' : state);

/** The money at a level of an amount, nano-dollars as text. */
export const levelOf = (amountNanoUsd: string, at: number): string => String(shareOf(nanoUsd(BigInt(amountNanoUsd)), ppm(at)));

/** What an action does, in a few words: "gpt-4o → gpt-4o-mini", "120 calls/min", "images". */
export function paramsWords({ kind, params }: Pick<ActionOut, 'kind' | 'params'>): string {
  switch (kind) {
    case 'route': {
      const { from, to } = params as RouteParams;
      return `${from.model} → ${to.model}`;
    }
    case 'rate_limit': {
      const { callsPerMinute, unitsPerMinute, concurrent } = params as RateLimitParams;
      const parts = [
        callsPerMinute === undefined ? null : `${formatCount(callsPerMinute)} calls/min`,
        unitsPerMinute === undefined ? null : `${formatCount(unitsPerMinute)} tokens/min`,
        concurrent === undefined ? null : `${formatCount(concurrent)} at once`,
      ];
      return parts.filter((part) => part !== null).join(', ');
    }
    case 'disable_feature':
      return (params as FeatureParams).feature;
    case 'block':
      return 'no paid call';
  }
}

const FIELD_WORDS: Record<string, string> = {
  workload: 'workload',
  feature: 'feature',
  team: 'team',
  costCentre: 'cost centre',
  provider: 'provider',
  model: 'model',
  trafficStage: 'stage',
  customer: 'customer',
};

/** A scope in words: "team red, customer acme"; the whole organisation where it names nothing. */
export function scopeWords({ scope, unassigned }: Pick<ActionOut, 'scope' | 'unassigned'>): string {
  const { tags, ...plain } = scope;
  const parts = [
    ...(unassigned ? ['unassigned workloads'] : []),
    ...Object.entries(plain).map(([field, value]) => `${FIELD_WORDS[field] ?? field} ${value}`),
    ...Object.entries(tags).map(([tag, value]) => `${tag} ${value}`),
  ];
  return parts.length === 0 ? 'Everything' : parts.join(', ');
}

const number = (count: number): string =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count);
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether a workload can be refused at all: it asks first, or goes through the gateway. */
export const canStop = (row: Row): boolean => row.workload === null || row.workload.enforcement !== 'reported';

/** What is held back now, and whether the rest can still be stopped, in one line. */
export function containmentFirstLine(rows: readonly Row[]): string {
  const has = (row: Row, ...states: RungState[]) => row.rungs.some((rung) => states.includes(rung.state));
  const isStopped = (row: Row) => row.rungs.some((rung) => rung.kind === 'block' && rung.state === 'in_force');
  const stopped = rows.filter(isStopped).length;
  const back = rows.filter((row) => !isStopped(row) && has(row, 'in_force', 'taking_hold')).length;
  const failed = rows.flatMap((row) => row.rungs).filter((rung) => rung.state === 'failed').length;
  const workloads = rows.filter((row) => row.workload !== null);
  if (stopped + back + failed === 0) {
    const prepared = rows.flatMap((row) => row.rungs).filter((rung) => rung.state === 'prepared').length;
    if (workloads.length === 0) return 'Nothing to hold back yet: a workload appears with its first call.';
    return `All traffic flows. ${sentence(number(prepared))} ${prepared === 1 ? 'action is' : 'actions are'} prepared.`;
  }
  const parts = [
    stopped > 0 ? `${number(stopped)} stopped` : null,
    back > 0 ? `${number(back)} held back` : null,
    failed > 0 ? `${number(failed)} ${failed === 1 ? 'switch' : 'switches'} failed` : null,
  ];
  const able = workloads.filter(canStop).length;
  const rest =
    able === workloads.length
      ? 'Every workload can be stopped.'
      : `${able === 0 ? 'None' : sentence(number(able))} of ${number(workloads.length)} can be stopped.`;
  return `${sentence(parts.filter((part) => part !== null).join(', '))}. ${rest}`;
}
