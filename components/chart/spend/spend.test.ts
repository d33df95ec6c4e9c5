import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSeries, OTHER_ID } from './fold';
import type { SpendOverTime } from './model';
import { bucketName, spendTwin } from './twin';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const many = Array.from({ length: 11 }, (_, index) => ({
  id: `w${index}`,
  label: `w${index}`,
  points: [String((index + 1) * 1_000_000_000), index < 9 ? '5' : null],
}));

describe('at most eight series', () => {
  it('keeps the eight largest and adds up the rest as other', () => {
    const folded = foldSeries(many);
    expect(folded.map((each) => each.label)).toEqual(['w10', 'w9', 'w8', 'w7', 'w6', 'w5', 'w4', 'w3', 'other (3)']);
    expect(folded.at(-1)).toMatchObject({ id: OTHER_ID, of: 3, points: [6_000_000_000n, 15n] });
  });

  it('says no data for other only where none of it has any', () => {
    const silent = many.map((each) => ({ ...each, points: ['1', null] }));
    expect(foldSeries(silent).at(-1)?.points).toEqual([3n, null]);
  });

  it('loses no nano-dollar', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { maxLength: 30 }), (amounts) => {
        const folded = foldSeries(amounts.map((amount, index) => ({ id: `s${index}`, label: `s${index}`, points: [String(amount)] })));
        expect(folded.reduce((sum, each) => sum + each.total, 0n)).toBe(amounts.reduce((sum, each) => sum + each, 0n));
        expect(folded.length).toBeLessThanOrEqual(9);
      }),
    );
  });
});

describe('the table twin', () => {
  const spend: SpendOverTime = {
    zone: 'Europe/Berlin',
    granularity: 'day',
    buckets: [
      { at: '2026-11-22T23:00:00Z', complete: true },
      { at: '2026-11-23T23:00:00Z', complete: false },
    ],
    series: [
      { id: 'a', label: 'a', points: ['4200000', null] },
      { id: 'b', label: 'b', points: ['1000000000', null] },
    ],
    gaps: [],
    title: 'b leads.',
    caption: '',
  };

  it('shows the sum a bucket, the same series in the same order, and no data where there is none', () => {
    const { twin, sentences } = spendTwin(spend, foldSeries(spend.series));
    expect(twin.rows[0]?.map((cell) => cell.plain)).toEqual(['2026-11-22T23:00:00Z', '1.00', '0.0042', '1.0042', '']);
    expect(twin.rows[1]?.map((cell) => cell.show).slice(1)).toEqual(['no data', 'no data', 'no data', 'partial']);
    expect(plain(sentences[0] ?? '')).toBe('Mon 23 Nov: $1.00; b $1.00, a $0.0042.');
    expect(plain(sentences[1] ?? '')).toBe('Tue 24 Nov, partial: no data.');
  });

  it('names buckets of every size', () => {
    const name = (granularity: SpendOverTime['granularity']) =>
      plain(bucketName('2026-11-22T23:00:00Z', { granularity, zone: 'Europe/Berlin' }));
    expect([name('hour'), name('day'), name('week'), name('month')]).toEqual([
      'Mon 23 Nov, 00:00',
      'Mon 23 Nov',
      'week of Mon 23 Nov',
      'Nov 2026',
    ]);
  });
});
