import { createSerializer, parseAsString } from 'nuqs/server';
import type { Dimension } from '@/lib/insight/dimensions';
import { narrowed } from './question';
import { VIEW, type View, type Where } from './state';

const serialise = createSerializer(VIEW);
const { range, first, last, where } = VIEW;
const serialiseRecords = createSerializer({ range, first, last, where, cursor: parseAsString });

/** The address of a view of Explore. */
export const exploreHref = (view: Partial<View>): string => serialise('/spend', view);

/** Filters that leave one group; null where a value cannot be asked for, because commas part values. */
export function onlyGroup(where: readonly Where[], by: readonly Dimension[], key: Record<string, string>): Where[] | null {
  if (by.some((dimension) => key[dimension]?.includes(','))) return null;
  return by.reduce<Where[]>((all, dimension) => narrowed(all, dimension, [key[dimension] ?? '']), [...where]);
}

/** The records behind what a view shows. @param cursor where a page of them begins */
export const recordsHref = (view: Pick<View, 'range' | 'first' | 'last' | 'where'>, cursor: string | null = null): string =>
  serialiseRecords('/spend/records', { range: view.range, first: view.first, last: view.last, where: view.where, cursor });
