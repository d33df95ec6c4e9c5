import { describe, expect, it } from 'vitest';
import { changesOf, whatOf } from './log-words';

describe('a change as the log says it', () => {
  it('names the fields that differ, and leaves the others out', () => {
    expect(
      changesOf({ name: 'Acme', zone: 'UTC', labelTags: [] }, { name: 'Acme', zone: 'Europe/Berlin', labelTags: ['env', 'region'] }),
    ).toEqual([
      { field: 'zone', from: 'UTC', to: 'Europe/Berlin' },
      { field: 'label tags', from: 'none', to: 'env, region' },
    ]);
  });

  it('says all of what was made or ended', () => {
    expect(changesOf(null, { role: 'viewer' })).toEqual([{ field: 'role', from: null, to: 'viewer' }]);
    expect(changesOf({ role: 'viewer' }, null)).toEqual([{ field: 'role', from: 'viewer', to: null }]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it('reads what lies in a field, without what is empty', () => {
    expect(changesOf(null, { pins: { tags: {}, workload: 'support-bot' }, levels: [{ at: 0.5, kind: 'notify' }] })).toEqual([
      { field: 'pins', from: null, to: 'workload support-bot' },
      { field: 'levels', from: null, to: 'at 0.5, kind notify' },
    ]);
  });

  it('cuts what is too long to read', () => {
    expect(changesOf(null, { note: 'x'.repeat(500) })[0]?.to).toHaveLength(161);
  });

  it('reads as words', () => {
    expect(whatOf('budget.thresholds_set')).toBe('Budget thresholds set');
    expect(whatOf('currency_rate.set')).toBe('Currency rate set');
  });
});
