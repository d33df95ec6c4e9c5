import { describe, expect, it } from 'vitest';
import { readWhere, writeWhere } from './state';

describe('filters in an address', () => {
  it.each(['model:gpt-4o,gpt-4.1;tag:env:prod', 'feature:', 'customer:a%3Bb,50%25,c%3Ad;tag:a%2Cb:x'])(
    '%s are what they were when they come back',
    (text) => expect(writeWhere(readWhere(text) ?? [])).toBe(text),
  );

  it('may have values with any mark', () => {
    const where = [{ dimension: 'tag:team:x' as const, values: ['a;b', 'c:d', '100%', ''] }];
    expect(readWhere(writeWhere(where))).toEqual(where);
  });

  it.each(['colour:red', 'model'])('are left out where %s names no dimension', (text) => expect(readWhere(text)).toBeNull());
});
