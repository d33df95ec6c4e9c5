import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dollarsOf, nanoOf } from './dollars';

describe('a price as it is typed', () => {
  it.each([
    ['0.15', '150000000'],
    ['2.50', '2500000000'],
    ['.5', '500000000'],
    ['15', '15000000000'],
    ['0', '0'],
    ['0.000000001', '1'],
  ])('$%s for a million units is %s nano-dollars', (typed, nano) => expect(nanoOf(typed)).toBe(nano));

  it.each(['', '.', '-1', '1e3', '1,5', '0.0000000001', 'abc', '1234567'])('%j is no price', (typed) => expect(nanoOf(typed)).toBeNull());

  it('comes back as it was, to the last nano-dollar', () => {
    fc.assert(fc.property(fc.bigInt(0n, 999_999_999_999_999n), (nano) => nanoOf(dollarsOf(String(nano))) === String(nano)));
  });
});
