import { describe, expect, it } from 'vitest';
import { changesOf, whatOf } from './log-words';

describe('a change as the log says it', () => {
  it('names the fields that differ, and leaves the others out', () => {
    expect(
      changesOf({ name: 'Acme', zone: 'UTC', labelTags: [] }, { name: 'Acme', zone: 'Europe/Berlin', labelTags: ['env', 'region'] }, 'UTC'),
    ).toEqual([
      { field: 'zone', from: 'UTC', to: 'Europe/Berlin' },
      { field: 'label tags', from: 'none', to: 'env, region' },
    ]);
  });

  it('says all of what was made or ended', () => {
    expect(changesOf(null, { role: 'viewer' }, 'UTC')).toEqual([{ field: 'role', from: null, to: 'viewer' }]);
    expect(changesOf({ role: 'viewer' }, null, 'UTC')).toEqual([{ field: 'role', from: 'viewer', to: null }]);
    expect(changesOf(null, null, 'UTC')).toEqual([]);
  });

  it('reads what lies in a field, without what is empty', () => {
    expect(changesOf(null, { pins: { tags: {}, workload: 'support-bot' }, scopes: ['read', 'gateway'] }, 'UTC')).toEqual([
      { field: 'pins', from: null, to: 'workload support-bot' },
      { field: 'scopes', from: null, to: 'read, gateway' },
    ]);
  });

  it('writes money in dollars, moments in the zone, levels as people set them, yes and no', () => {
    const stop = { limitNanoUsd: '104500000001', raisedAt: '2026-11-24T10:15:00Z', observed: false };
    expect(changesOf(null, stop, 'Europe/Berlin').map(({ field, to }) => `${field}: ${to}`.replaceAll('\u00a0', ' '))).toEqual([
      'limit: $104.500000001',
      'raised at: Tue 24 Nov 2026, 11:15',
      'observed: no',
    ]);
    const levels = (stopAt: number) => ({
      thresholds: [
        { at: 0.5, kind: 'notify', id: 'thr_1' },
        { at: stopAt, kind: 'stop', mustAnswer: true },
      ],
    });
    expect(changesOf(levels(0.95), levels(0.925), 'UTC')[0]).toEqual({
      field: 'thresholds',
      from: 'notify 50\u00a0%; stop 95\u00a0%, must answer',
      to: 'notify 50\u00a0%; stop 92.5\u00a0%, must answer',
    });
  });

  it('leaves out what the entry says elsewhere, and keeps a change that its words do not show', () => {
    expect(changesOf(null, { id: 'bud_1', etag: '"1"', name: 'Support' }, 'UTC')).toEqual([{ field: 'name', from: null, to: 'Support' }]);
    const long = 'x'.repeat(200);
    expect(changesOf({ note: `${long}a` }, { note: `${long}b` }, 'UTC')).toHaveLength(1);
  });

  it('cuts what is too long to read', () => {
    expect(changesOf(null, { note: 'x'.repeat(500) }, 'UTC')[0]?.to).toHaveLength(161);
  });

  it('reads as words', () => {
    expect(whatOf('budget.thresholds_set')).toBe('Budget thresholds set');
    expect(whatOf('currency_rate.set')).toBe('Currency rate set');
  });
});
