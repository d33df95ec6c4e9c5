import { describe, expect, it } from 'vitest';
import type { ActionOut } from '@/lib/containment/schema';
import type { WorkloadOut } from '@/lib/workload/schema';
import { featureState } from './feature-state';

const workload = (part: Partial<WorkloadOut> = {}): WorkloadOut => ({
  ...{ id: 'wld_1', createdAt: '', etag: '', slug: 'bot', name: 'Bot', criticality: 'critical', trafficStage: 'production' },
  ...{ team: 'red', costCentre: null, ownerId: 'mem_1', enforcement: 'declared', fallback: { message: 'Later.', url: null } },
  ...{ stopByHand: null, features: [], adoptedAt: '2026-11-01T00:00:00Z', lastDay: null, ...part },
});

const action = (part: object = {}): ActionOut =>
  ({
    kind: 'disable_feature',
    state: 'in_force',
    unassigned: false,
    params: { feature: 'images' },
    scope: { workload: 'bot', tags: {} },
    ...part,
  }) as unknown as ActionOut;

describe('a feature', () => {
  it.each([
    ['is on where nothing holds it', [], 'on'],
    ['is off by its name, whatever its case', [action({ params: { feature: 'Images' } })], 'off'],
    ['is off by an action over its team', [action({ scope: { team: 'red', tags: {} } })], 'off'],
    [
      'is off by a block over just this feature',
      [action({ kind: 'block', scope: { workload: 'bot', feature: 'images', tags: {} } })],
      'off',
    ],
    ['is on under another’s action', [action({ scope: { workload: 'other', tags: {} } })], 'on'],
    ['is on while another feature is off', [action({ params: { feature: 'chat' } })], 'on'],
    ['is on under a block over everything, which is a stop and no switch', [action({ kind: 'block' })], 'on'],
    ['is off for some where the action names a customer', [action({ scope: { customer: 'acme', tags: {} } })], 'partly'],
    ['is off for some where the action names a tag', [action({ scope: { tags: { env: 'dev' } } })], 'partly'],
    ['waits where its action is prepared', [action({ state: 'prepared' })], 'prepared'],
    ['is on once its action has ended', [action({ state: 'ended' })], 'on'],
    ['is on where only workloads that nobody adopted are meant', [action({ unassigned: true, scope: { tags: {} } })], 'on'],
    ['says the one that holds most', [action({ state: 'prepared' }), action({ scope: { customer: 'acme', tags: {} } }), action()], 'off'],
  ])('%s', (_, actions, state) => {
    expect(featureState(workload(), 'images', actions).state).toBe(state);
  });
});
