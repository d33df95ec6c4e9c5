import { describe, expect, it } from 'vitest';
import { arrayText } from './columns';

describe('an array as Postgres reads it', () => {
  it('keeps text apart from NULL and from what separates elements', () => {
    expect(arrayText(['a,b', null, 'NULL', '', '{}'])).toBe('{"a,b",NULL,"NULL","","{}"}');
  });
  it('escapes quotes and backslashes', () => {
    expect(arrayText(['a "b" \\ c'])).toBe('{"a \\"b\\" \\\\ c"}');
  });
  it('writes numbers and truth as they are', () => {
    expect(arrayText([1, -2n, true, false])).toBe('{1,-2,true,false}');
    expect(arrayText([])).toBe('{}');
  });
});
