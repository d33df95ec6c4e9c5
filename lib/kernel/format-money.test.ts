import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCount, formatMoney, formatMoneyRange, formatPercent, type MoneyOptions, plainMoney, roundAmount } from './format-money';

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2060', '');

describe('money as people read it', () => {
  it.each<[string, MoneyOptions, string]>([
    ['61240000000000', { style: 'tile' }, '$61,240'],
    ['61240000000000', { style: 'table' }, '$61,240.00'],
    ['93249999999999', { style: 'estimate' }, '$93.2 k'],
    ['99960000000000', { style: 'estimate' }, '$100.0 k'],
    ['999960000000000', { style: 'estimate' }, '$1.0 M'],
    ['412000000000', { style: 'estimate' }, '$412'],
    ['330180000000', { style: 'tile' }, '$330'],
    ['99994999999', { style: 'tile' }, '$99.99'],
    ['4200000', { style: 'table' }, '$0.0042'],
    ['4200000', { style: 'tile' }, '$0.0042'],
    ['210000', { style: 'table' }, '$0.00021'],
    ['99500000', { style: 'table' }, '$0.10'],
    ['50000000', { style: 'table' }, '$0.05'],
    ['14200000', { style: 'table' }, '$0.014'],
    ['1', { style: 'table' }, '$0.000000001'],
    ['0', { style: 'table' }, '$0.00'],
    ['0', { style: 'axis' }, '$0'],
    ['25000000000000', { style: 'axis' }, '$25 k'],
    ['2500000000000', { style: 'axis' }, '$2.5 k'],
    ['2500000000', { style: 'axis' }, '$2.50'],
    ['250000000000', { style: 'axis' }, '$250'],
    ['61240000000001', { style: 'exact' }, '$61,240.000000001'],
    ['61240000000000', { style: 'exact' }, '$61,240.00'],
    ['-550000000000', { style: 'table' }, '−$550.00'],
    ['-550000000000', { style: 'tile', signed: true }, '− $550'],
    ['12140000000000', { style: 'tile', signed: true }, '+ $12,140'],
    ['93200000000000', { style: 'estimate', sign: 'estimate' }, '≈ $93.2 k'],
    ['61982000000000', { style: 'tile', sign: 'at_least' }, '≥ $61,982'],
  ])('%s nano-dollars, %o: %s', (nano, options, text) => {
    expect(plain(formatMoney(nano, options))).toBe(text);
  });

  it('keeps every figure on one line', () => {
    expect(formatMoney('93200000000000', { style: 'estimate', sign: 'estimate' })).not.toContain(' ');
  });

  it('shares the unit of a range where both ends have it', () => {
    expect(plain(formatMoneyRange('87400000000000', '99300000000000'))).toBe('$87.4–99.3 k');
    expect(plain(formatMoneyRange('900000000000', '1200000000000'))).toBe('$900–$1.2 k');
    expect(plain(formatMoneyRange('12000000000', '15000000000'))).toBe('$12–15');
    expect(plain(formatMoneyRange('27850000000', '28130000000'))).toBe('$27.85–28.13');
    expect(plain(formatMoneyRange('28000000000', '28000000000'))).toBe('$28–28');
  });

  it('loses no nano-dollar in files, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (nano) => {
        const [whole = '', rest = ''] = plainMoney(nano).split('.');
        expect(BigInt(`${whole}${rest.padEnd(9, '0')}`)).toBe(nano);
      }),
    );
  });
});

describe('an amount that someone chose', () => {
  it.each([
    ['120000000000', '$120'],
    ['12500000000', '$12.50'],
    ['12000000000000000', '$12,000,000'],
    ['950100000001', '$950.100000001'],
  ])('%s is %s', (nano, text) => expect(roundAmount(nano)).toBe(text));
});

describe('shares and counts', () => {
  it.each([
    [0.68, 1, '68.0 %'],
    [0.95, 0, '95 %'],
    [-0.0213, 1, '−2.1 %'],
    [-0.00001, 1, '0.0 %'],
    [0, 1, '0.0 %'],
    [0.00001, 1, '< 0.1 %'],
    [0.0049, 0, '< 1 %'],
    [12.5, 0, '1,250 %'],
  ])('%f with %i decimals is %s', (share, decimals, text) => {
    expect(plain(formatPercent(share, decimals))).toBe(text);
  });

  it('says nothing where there is no share', () => expect(formatPercent(null)).toBe('–'));
  it('groups thousands', () => expect(formatCount('1204318')).toBe('1,204,318'));
});
