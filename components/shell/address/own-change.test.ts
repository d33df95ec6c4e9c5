import { expect, test } from 'vitest';
import { isOwnChange } from './own-change';

const at = (pathname: string, search = '') => ({ pathname, search });

test.each([
  ['another view of the page', at('/spend', '?range=yesterday'), at('/spend'), true],
  ['the same address', at('/spend', '?range=yesterday'), at('/spend', '?range=yesterday'), true],
  ['a view beside what the server reads', at('/spend', '?page=2&range=today'), at('/spend', '?range=yesterday&page=2'), true],
  ['another page of what the server reads', at('/spend', '?page=2'), at('/spend', '?page=3'), false],
  ['another place', at('/spend', '?range=today'), at('/spend/value', '?range=today'), false],
  ['a value that looks like two', at('/spend', '?page=2%26range'), at('/spend', '?page=2'), false],
])('%s', (_, from, to, own) => {
  expect(isOwnChange(from, to, ['range', 'compare'])).toBe(own);
});
