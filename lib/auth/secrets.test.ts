import { expect, it } from 'vitest';
import { hashOfSecret, makeKeySecret, visiblePrefix } from './secrets';

it('a key is one word, so that a double click and a shell take it whole', () => {
  const keys = Array.from({ length: 500 }, makeKeySecret);
  for (const key of keys) expect(key).toMatch(/^hs_live_[0-9A-Za-z]{43}$/);
  expect(new Set(keys).size).toBe(keys.length);
});

it('a key is known by its hash and shown by its beginning alone', () => {
  const key = makeKeySecret();
  expect(hashOfSecret(key)).toHaveLength(32);
  expect(visiblePrefix(key)).toBe(key.slice(0, 14));
});
