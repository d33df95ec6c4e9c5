import type { ThresholdItem } from '@/lib/budget/client';
import { levelPercent } from '@/lib/budget/threshold/level-lines';
import type { ThresholdOut } from '@/lib/budget/threshold/schema';
import { nanoUsd, PPM_ONE, type Ppm, shareOf } from '@/lib/kernel/money';
import { type ActionDraft, actionDraftOf, actionFaults, actionOf } from './action-draft';

/** A threshold as it is being edited: its level as per cent, as typed. */
export type Row = Omit<ThresholdOut, 'id' | 'at' | 'actions'> & { key: string; percent: string; actions: ActionDraft[] };

const TYPED = /^\d{1,4}(\.\d{1,4})?$/;

/** Per cent as typed, to ppm; null while it is no level. */
export function ppmOf(percent: string): Ppm | null {
  const text = percent.trim().replace(',', '.');
  if (!TYPED.test(text)) return null;
  const value = Math.round(Number(text) * 10_000);
  return value > 0 && value <= 10 * PPM_ONE ? (value as Ppm) : null;
}

/** Per cent without needless digits: 0.95 is "95". */
const percentOf = (at: number): string => String(Number((at * 100).toFixed(4)));

export const rowOf = ({ id, at, actions, ...rest }: ThresholdOut): Row => ({
  ...rest,
  ...{ key: id, percent: percentOf(at), actions: actions.map(actionDraftOf) },
});

/** Rows as the API takes them; rows that are no level yet make it null. */
export function itemsOf(rows: Row[]): ThresholdItem[] | null {
  const items = rows.map(({ key: _, percent, actions, ...rest }) => ({
    ...rest,
    at: (ppmOf(percent) ?? 0) / PPM_ONE,
    actions: actions.map(actionOf),
  }));
  return items.some((item) => item.at === 0) ? null : items;
}

/** Actions as text to compare: what they are told may come in another order of its names. */
const actionsText = (actions: ThresholdOut['actions']): string => JSON.stringify(actions.map((each) => actionOf(actionDraftOf(each, 0))));

/** What has been changed of a row besides its level and kind. */
function changedParts(row: Row, was: ThresholdOut): string[] {
  const actions = actionsText(row.actions.map(actionOf)) === actionsText(was.actions);
  const tell = [...row.tell].sort().join() === [...was.tell].sort().join();
  return [
    ...(was.withinDays === row.withinDays ? [] : [`within ${was.withinDays} days`]),
    ...(was.mustAnswer === row.mustAnswer ? [] : [was.mustAnswer ? 'must answer' : 'no answer']),
    ...(actions ? [] : [was.actions.length === 0 ? 'no action' : 'other actions']),
    ...(tell ? [] : [was.tell.length === 0 ? 'told nobody' : 'told others']),
  ];
}

/** What a row was before it was changed; `new` where it was not there, null where it is as it was. */
export function wasOf(row: Row, saved: ThresholdOut[]): string | null {
  const was = saved.find((each) => each.id === row.key);
  if (!was) return 'new';
  const parts = changedParts(row, was);
  const isSame = ppmOf(row.percent) === Math.round(was.at * PPM_ONE) && row.kind === was.kind && parts.length === 0;
  return isSame ? null : `was ${[`${was.kind} ${levelPercent(was.at)}`, ...parts].join(', ')}`;
}

/** How many changes there are to save: rows changed, added and removed. */
export const changesOf = (rows: Row[], saved: ThresholdOut[]): number =>
  rows.filter((row) => wasOf(row, saved) !== null).length + saved.filter((each) => !rows.some((row) => row.key === each.id)).length;

/** What is wrong with a row, by the end of its field's pointer: `/at`, `/actions/0/params/to/model`. */
export function faultsOf(row: Row, rows: Row[]): Record<string, string> {
  const level = levelFault(row, rows);
  const twins = row.actions.map((each, j) => {
    const [text, first] = [JSON.stringify(actionOf(each)), row.actions.slice(0, j)];
    return first.some((other) => JSON.stringify(actionOf(other)) === text) ? { '': 'This action stands here twice. Remove one.' } : {};
  });
  const actions = row.actions.flatMap((each, j) =>
    Object.entries({ ...twins[j], ...actionFaults(each) }).map(([end, detail]) => [`/actions/${j}${end}`, detail] as const),
  );
  return { ...(level !== undefined && { '/at': level }), ...Object.fromEntries(actions) };
}

function levelFault(row: Row, rows: Row[]): string | undefined {
  const at = ppmOf(row.percent);
  if (at === null) return 'A level is a number above 0, such as 80.';
  if (row.kind === 'stop' && at > PPM_ONE) return 'A stop lies at 100 % at most.';
  const twin = rows.some((each) => each.key !== row.key && each.kind === row.kind && ppmOf(each.percent) === at && isLevel(each));
  return twin && isLevel(row) ? 'This level stands here twice.' : undefined;
}

/** Whether a row lies at an amount; burn rates and forecasts do not. */
export const isLevel = (row: Pick<Row, 'burn' | 'withinDays'>): boolean => !row.burn && row.withinDays === null;

/** Where a row lies, nano-dollars; null while it is no level. */
export function amountAt(row: Row, amountNanoUsd: string): bigint | null {
  const at = ppmOf(row.percent);
  return at === null ? null : shareOf(nanoUsd(BigInt(amountNanoUsd)), at);
}
