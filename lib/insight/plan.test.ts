import { describe, expect, it } from 'vitest';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import type { Calendar } from '@/lib/kernel/period';
import type { Dimension } from './dimensions';
import { type Granularity, planSpend } from './plan';

const BERLIN: Calendar = { zone: 'Europe/Berlin', weekStart: 1, fiscalYearStart: 1 };
const at = (text: string): Instant => parseInstant(text) as Instant;
const NOW = at('2026-11-24T12:00:00Z');

type Asked = { from: string; to: string; by?: Dimension[]; only?: Dimension[]; grain?: Granularity };
const plan = ({ from, to, by = [], only = [], grain }: Asked, calendar = BERLIN) =>
  planSpend(
    {
      from: at(from),
      to: at(to),
      groupBy: by,
      filters: only.map((dimension) => ({ dimension, values: ['x'] })),
      granularity: grain ?? null,
    },
    calendar,
    ['env'],
    NOW,
  );
const piecesOf = (asked: Asked): string[] => plan(asked).pieces.map((piece) => `${piece.source} ${toIso(piece.from)} ${toIso(piece.to)}`);

const NOV = { from: '2026-10-31T23:00:00Z', to: '2026-11-10T23:00:00Z' };
const ROUGH = { from: '2026-11-01T10:30:00Z', to: '2026-11-03T14:20:00Z' };

describe('where spend is read', () => {
  it('whole local days come from days', () => {
    expect(piecesOf(NOV)).toEqual(['day 2026-10-31T23:00:00Z 2026-11-10T23:00:00Z']);
    expect(piecesOf({ ...NOV, by: ['workload', 'feature'], grain: 'week' })).toHaveLength(1);
  });
  it('the rest comes from hours, and from raw rows within an hour', () => {
    expect(piecesOf(ROUGH)).toEqual([
      'ledger 2026-11-01T10:30:00Z 2026-11-01T11:00:00Z',
      'hour 2026-11-01T11:00:00Z 2026-11-01T23:00:00Z',
      'day 2026-11-01T23:00:00Z 2026-11-02T23:00:00Z',
      'hour 2026-11-02T23:00:00Z 2026-11-03T14:00:00Z',
      'ledger 2026-11-03T14:00:00Z 2026-11-03T14:20:00Z',
    ]);
  });
  it('points by the hour come from hours alone', () => {
    expect(piecesOf({ ...NOV, grain: 'hour' })).toEqual(['hour 2026-10-31T23:00:00Z 2026-11-10T23:00:00Z']);
  });
  it('a range within one hour is read from raw rows', () => {
    expect(piecesOf({ from: '2026-11-01T10:30:00Z', to: '2026-11-01T10:40:00Z' })).toEqual([
      'ledger 2026-11-01T10:30:00Z 2026-11-01T10:40:00Z',
    ]);
  });
  it('one label comes from the days of labels, its part days from raw rows', () => {
    expect(piecesOf({ ...ROUGH, by: ['team', 'model'] })).toEqual([
      'ledger 2026-11-01T10:30:00Z 2026-11-01T23:00:00Z',
      'label 2026-11-01T23:00:00Z 2026-11-02T23:00:00Z',
      'ledger 2026-11-02T23:00:00Z 2026-11-03T14:20:00Z',
    ]);
    expect(plan({ ...NOV, by: ['workload'], only: ['tag:env'] })).toMatchObject({ from: 'rollup', label: 'tag:env' });
  });
  it.each<[string, Asked]>([
    ['two labels', { ...NOV, by: ['team', 'customer'] }],
    ['a label beside a feature', { ...NOV, by: ['team'], only: ['feature'] }],
    ['a label by the hour', { ...NOV, by: ['team'], grain: 'hour' }],
    ['a tag that is not registered', { ...NOV, by: ['tag:run'] }],
  ])('%s is read from raw rows, and says so', (_, asked) => {
    expect(plan(asked)).toMatchObject({ from: 'ledger', label: null, pieces: [{ source: 'ledger' }] });
    expect(() => plan({ ...asked, from: '2026-09-01T00:00:00Z' })).toThrow(expect.objectContaining({ code: 'spend.range_too_long' }));
  });
  it('refuses a range without length, and more points than anyone can see', () => {
    expect(() => plan({ from: NOV.to, to: NOV.from })).toThrow(expect.objectContaining({ code: 'spend.empty_range' }));
    expect(() => plan({ from: '2026-01-01T00:00:00Z', to: '2026-11-01T00:00:00Z', grain: 'hour' })).toThrow(
      expect.objectContaining({ code: 'spend.too_many_points' }),
    );
  });
});

describe('the points of a range', () => {
  it('have 25 hours on the day the clock goes back, and half an hour where it goes by halves', () => {
    const berlin = plan({ from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z', grain: 'hour' });
    expect(berlin.buckets).toHaveLength(25);
    const lordHowe = plan(
      { from: '2026-10-03T13:30:00Z', to: '2026-10-04T13:00:00Z', grain: 'hour' },
      { ...BERLIN, zone: 'Australia/Lord_Howe' },
    );
    expect(lordHowe.buckets.map((bucket) => bucket.to - bucket.from).filter((length) => length === 1_800_000_000)).toHaveLength(1);
    expect(lordHowe.buckets).toHaveLength(24);
  });
  it('are complete once they have ended and lie in the range as a whole', () => {
    const said = plan({ from: '2026-11-22T12:00:00Z', to: '2026-11-25T23:00:00Z', grain: 'day' });
    expect(said.buckets.map((bucket) => [toIso(bucket.at), bucket.complete])).toEqual([
      ['2026-11-21T23:00:00Z', false],
      ['2026-11-22T23:00:00Z', true],
      ['2026-11-23T23:00:00Z', false],
      ['2026-11-24T23:00:00Z', false],
    ]);
  });
});
