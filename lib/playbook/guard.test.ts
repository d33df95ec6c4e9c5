import { describe, expect, it } from 'vitest';
import type { BudgetOut } from '@/lib/budget/schema';
import type { WorkloadOut } from '@/lib/workload/schema';
import { guardedWords, guardOf } from './guard';

const workload = (part: Partial<WorkloadOut> = {}): WorkloadOut => ({
  ...{ id: 'wld_1', createdAt: '', etag: '', slug: 'bot', name: 'Bot', criticality: 'critical', trafficStage: 'production' },
  ...{ team: 'red', costCentre: null, ownerId: 'mem_1', enforcement: 'declared', fallback: { message: 'Later.', url: null } },
  ...{ stopByHand: null, features: [], adoptedAt: '2026-11-01T00:00:00Z', lastDay: null, ...part },
});

const slow = { kind: 'rate_limit', mode: 'automatic', params: { callsPerMinute: 5 } };
const level = (kind: string, part: object = {}) => ({
  kind,
  at: 0.8,
  burn: false,
  withinDays: null,
  mustAnswer: true,
  actions: [],
  tell: [],
  ...part,
});
const budget = (part: object = {}): BudgetOut =>
  ({
    ...{ id: 'bud_1', kind: 'scoped', scope: { workload: 'bot' }, mode: 'enforce', endedAt: null, escalationPolicyId: 'esc_1' },
    ...{ thresholds: [level('contain', { actions: [slow] }), level('stop')], ...part },
  }) as unknown as BudgetOut;

const missing = (w: WorkloadOut, budgets: BudgetOut[], hasDefault = false) =>
  guardOf(w, budgets, hasDefault).flatMap((each) => (each.missing === null ? [] : [`${each.key} ${each.href}`]));

describe('how far a workload is guarded', () => {
  it('is whole where nothing is missing', () => {
    expect(missing(workload(), [budget()])).toEqual([]);
    expect(guardedWords(guardOf(workload(), [budget()], false))).toBe('9 of 9');
  });

  it('names what is missing, each with where it is closed', () => {
    const loose = workload({ adoptedAt: null, ownerId: null, enforcement: 'reported', fallback: null });
    expect(missing(loose, [])).toEqual([
      'criticality /workloads/bot',
      'stage /workloads/bot',
      'owner /workloads/bot#what',
      'enforcement /docs/api#asking-first',
      'budget /budgets/new?workload=bot',
      'levels /budgets/new?workload=bot',
      'policy /settings/escalation',
      'fallback /workloads/bot#what',
      'by_hand /workloads/bot#what',
    ]);
    expect(guardedWords(guardOf(loose, [], false))).toBe('0 of 9');
  });

  it.each([
    ['a budget that observes', [budget({ mode: 'observe' })], 'budget /budgets/bud_1#mode'],
    ['a budget over only a part', [budget({ scope: { workload: 'bot', model: 'm' } })], 'budget /budgets/new?workload=bot'],
    ['a budget of another', [budget({ scope: { workload: 'other' } })], 'budget /budgets/new?workload=bot'],
    ['a budget that has ended', [budget({ endedAt: '2026-11-02T00:00:00Z' })], 'budget /budgets/new?workload=bot'],
    ['levels that do nothing', [budget({ thresholds: [level('contain'), level('stop')] })], 'levels /budgets/bud_1#levels'],
    [
      'a stop that nobody must answer for',
      [budget({ thresholds: [level('contain', { actions: [slow] }), level('stop', { mustAnswer: false })] })],
      'levels /budgets/bud_1#levels',
    ],
    ['no policy', [budget({ escalationPolicyId: null })], 'policy /settings/escalation'],
  ])('is not whole with %s', (_, budgets, first) => {
    expect(missing(workload(), budgets)).toContain(first);
  });

  it('takes the budget that enforces before one that observes, and a default policy for one of its own', () => {
    expect(missing(workload(), [budget({ id: 'bud_0', mode: 'observe' }), budget()])).toEqual([]);
    expect(missing(workload(), [budget({ escalationPolicyId: null })], true)).toEqual([]);
  });

  it('asks for how to stop it by hand only where nothing else can', () => {
    expect(missing(workload({ enforcement: 'reported', stopByHand: 'Call Ada.' }), [budget()])).toEqual([
      'enforcement /docs/api#asking-first',
    ]);
    const said = (part: object) => guardOf(workload(part), [budget()], false).find((each) => each.key === 'by_hand')?.found;
    expect(said({ stopByHand: null })).toBe('not needed: it asks first');
    expect(said({ stopByHand: 'Call Ada.' })).toBe('is set');
  });
});
