import { expect, it } from 'vitest';
import { isIn, PLACES } from './places';

const placesOf = (pathname: string) => PLACES.filter((place) => isIn(place, pathname)).map((place) => place.label);

it.each([
  ['/', ['Overview']],
  ['/spend', ['Spend']],
  ['/spend/value', ['Spend']],
  ['/budgets/bud_1', ['Budgets']],
  ['/workloads/support-bot', ['Budgets']],
  ['/spending', []],
  ['/settings/keys', ['Settings']],
])('%s lies in %j', (pathname, labels) => expect(placesOf(pathname)).toEqual(labels));

it('gives every place a key of its own', () => expect(new Set(PLACES.map((place) => place.key)).size).toBe(PLACES.length));
