import { z } from 'zod';
import { Fault } from './fault';

const LIMIT = { usual: 50, most: 500 };

/** What every list takes: `?limit=` (up to 500) and `&cursor=` (from the page before). Spread it into a strict query object. */
export const pageQuery = {
  limit: z.coerce.number('a whole number').int('a whole number').min(1).max(LIMIT.most).default(LIMIT.usual),
  cursor: z.string().max(1_000).optional(),
};
export type PageQuery = { limit: number; cursor?: string | undefined };

/** One page of a list, and the cursor of the next; null at the end. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** The schema of a page of items. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Where a page begins: after the row with this place in the list. */
export const cursorOf = (place: readonly (string | number)[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** A value that Postgres can compare: whoever makes a cursor up may write anything into it. */
const isPart = (each: unknown): boolean => (typeof each === 'string' ? !/[\p{Cc}\p{Cs}]/u.test(each) : Number.isSafeInteger(each));

/** The place a cursor names, null without one. @param length how many values a place has · @throws Fault cursor.malformed */
export function placeOf(cursor: string | undefined, length: number): (string | number)[] | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === length && place.every(isPart)) return place;
  } catch {
    // Told below, the same as a cursor of another list.
  }
  throw new Fault('cursor.malformed', 'This cursor is not from this list: leave it out to begin at the start.');
}

/**
 * Makes a page of rows that were asked for with `LIMIT limit + 1`, newest first: the one too many says that there is a next page.
 * @param placeIn what the list is ordered by, of a row: usually its id
 */
export function page<Row, Item>(
  rows: Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  placeIn: (row: Row) => (string | number)[],
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), nextCursor: rows.length > limit && last !== undefined ? cursorOf(placeIn(last)) : null };
}
