import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf } from './ask';

const plain = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
const request = fc.dictionary(
  fc.string(),
  fc.oneof(plain, fc.array(plain, { maxLength: 3 }), fc.dictionary(fc.string(), plain, { maxKeys: 4 })),
);

/** The same in another order of names, and with fields that say nothing. */
const turned = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries([
        ...Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, turned(inner)]),
        ['nothing is said', undefined],
      ])
    : value;

it('a retry has the fingerprint of its call, however its fields are ordered', () => {
  fc.assert(fc.property(request, (one) => hashOf(turned(one)) === hashOf(one)));
});

it('calls that differ have different ones', () => {
  const odd = [
    { a: '1' },
    { a: 1 },
    { a: null },
    { a: [] },
    { a: {} },
    {},
    { a: ['1'] },
    { 'a":1,"b': 1 },
    { a: 1, b: 1 },
    { a: { b: 1 } },
  ];
  expect(new Set(odd.map(hashOf)).size).toBe(odd.length);
});
