import type { ThresholdItem } from '@/lib/budget/client';
import { levelPercent } from '@/lib/budget/threshold/level-lines';
import type { ThresholdOut } from '@/lib/budget/threshold/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { nanoUsd, PPM_ONE, type Ppm, shareOf } from '@/lib/kernel/money';

/** A threshold as it is being edited: its level as per cent, as typed. */
export type Row = Omit<ThresholdOut, 'id' | 'at'> & { key: string; percent: string };

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

export const rowOf = ({ id, at, ...rest }: ThresholdOut): Row => ({ ...rest, key: id, percent: percentOf(at) });

/** Rows as the API takes them; rows that are no level yet make it null. */
export function itemsOf(rows: Row[]): ThresholdItem[] | null {
  const items = rows.map(({ key: _, percent, ...rest }) => ({ ...rest, at: (ppmOf(percent) ?? 0) / PPM_ONE }));
  return items.some((item) => item.at === 0) ? null : items;
}

const same = (row: Row, was: ThresholdOut): boolean =>
  ppmOf(row.percent) === Math.round(was.at * PPM_ONE) && row.kind === was.kind && row.mustAnswer === was.mustAnswer;

/** What a row was before it was changed; `new` where it was not there, null where it is as it was. */
export function wasOf(row: Row, saved: ThresholdOut[]): string | null {
  const was = saved.find((each) => each.id === row.key);
  if (!was) return 'new';
  if (same(row, was)) return null;
  const answer = was.mustAnswer === row.mustAnswer ? '' : was.mustAnswer ? ', must answer' : ', no answer';
  return `was ${was.kind} ${levelPercent(was.at)}${answer}`;
}

/** How many changes there are to save: rows changed, added and removed. */
export const changesOf = (rows: Row[], saved: ThresholdOut[]): number =>
  rows.filter((row) => wasOf(row, saved) !== null).length + saved.filter((each) => !rows.some((row) => row.key === each.id)).length;

/** What is wrong with a row, said at its field; undefined when nothing is. */
export function faultOf(row: Row, rows: Row[]): string | undefined {
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

/** What happens at a row: a first word that is the act, and the rest of the sentence. */
export function sentenceOf(
  row: Row,
  budget: { amountNanoUsd: string; chargedNanoUsd: string; enforces: boolean },
): [act: string, rest: string] {
  if (row.burn) return ['Notify', ' when spend runs so fast that the amount would not last.'];
  if (row.withinDays !== null) return ['Notify', ` when the forecast reaches the limit within ${row.withinDays} days.`];
  const nano = amountAt(row, budget.amountNanoUsd);
  if (nano === null) return [row.kind === 'stop' ? 'Stop' : row.kind === 'contain' ? 'Contain' : 'Notify', ' once its level is given.'];
  const at = formatMoney(nano);
  const passed = BigInt(budget.chargedNanoUsd) >= nano;
  if (row.kind === 'stop') {
    const refused = budget.enforces
      ? 'the next paid call of its scope is refused'
      : 'it would refuse the next paid call; it observes, so it does not';
    return ['Stop', ` at ${at} charged: ${refused}. Every budget has exactly one stop.${passed ? ' Already passed.' : ''}`];
  }
  const answer = row.mustAnswer ? ' Someone must answer for it.' : ' Nobody has to answer.';
  if (row.kind === 'contain') {
    const does = row.actions.length > 0 ? `${row.actions.length} actions are kept for it.` : 'no action is set, so nothing is slowed.';
    return ['Contain', ` at ${at} charged: ${does}${answer}${passed ? ' Already passed.' : ''}`];
  }
  return ['Notify', ` when ${at} is charged: marked on the bar and in the picture.${answer}${passed ? ' Already passed.' : ''}`];
}
