import type { Dimension } from '@/lib/insight/dimensions';
import type { SpendAnswer } from '@/lib/insight/reads';

type Group = SpendAnswer['groups'][number];
export type Figures = Omit<Group, 'key' | 'points' | 'units'>;

/** A line of the table: a group, or (`key` null) what is left of them added up; `opens` where a press shows them one by one. */
export type Line = Figures & { id: string; key: Record<string, string> | null; of: number; opens: boolean };

/** Groups shown before "other", and at most when all of them are asked for. */
export const SHOWN = 8;
export const MOST_LINES = 200;

const nameOf = (by: readonly Dimension[], key: Record<string, string>): string => by.map((each) => key[each]).join('\n');

/**
 * The lines of an answer, dearest first as it came. They add up to its total.
 * @param before the answer for the range before: groups that are only in that one get a line together, where there is no "other"
 */
export function linesOf({ groups }: SpendAnswer, by: readonly Dimension[], all: boolean, before: SpendAnswer | null): Line[] {
  // "other (1)" would take the place of the one it hides.
  const most = all ? MOST_LINES : groups.length === SHOWN + 1 ? SHOWN + 1 : SHOWN;
  const shown = groups.slice(0, most).map((group): Line => ({ ...group, id: nameOf(by, group.key), of: 1, opens: false }));
  const rest = groups.slice(most);
  if (rest.length > 0) return [...shown, { ...added(rest), id: '\0other', key: null, of: rest.length, opens: !all }];
  const names = new Set(shown.map((line) => line.id));
  const gone = before?.groups.filter((group) => !names.has(nameOf(by, group.key))) ?? [];
  return gone.length === 0 ? shown : [...shown, { ...added([]), id: '\0gone', key: null, of: gone.length, opens: false }];
}

const sumOf = (groups: readonly Group[], field: 'actualNanoUsd' | 'presumedNanoUsd' | 'unpricedUpperNanoUsd'): string =>
  String(groups.reduce((sum, group) => sum + BigInt(group[field]), 0n));

const added = (groups: readonly Group[]): Figures => ({
  actualNanoUsd: sumOf(groups, 'actualNanoUsd'),
  presumedNanoUsd: sumOf(groups, 'presumedNanoUsd'),
  unpricedUpperNanoUsd: sumOf(groups, 'unpricedUpperNanoUsd'),
  calls: groups.reduce((sum, group) => sum + group.calls, 0),
  unpricedCalls: groups.reduce((sum, group) => sum + group.unpricedCalls, 0),
});

/** What each line came to in the range before; a line of several is what the others leave of its total. */
export function oldFigures(before: SpendAnswer, by: readonly Dimension[], lines: readonly Line[]): (line: Line) => string {
  const known = new Map(before.groups.map((group) => [nameOf(by, group.key), BigInt(group.actualNanoUsd)]));
  const named = lines.reduce((sum, line) => sum + (line.key ? (known.get(line.id) ?? 0n) : 0n), 0n);
  return (line) => String(line.key ? (known.get(line.id) ?? 0n) : BigInt(before.total.actualNanoUsd) - named);
}
