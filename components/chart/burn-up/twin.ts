import { formatMoney, formatMoneyRange, plainMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { type Cell, moment, NO_CELL, type Twin, text } from '../frame/twin';
import { ms } from '../plot';
import type { BurnUp } from './model';

const money = (nano: string): Cell => ({ show: formatMoney(nano), plain: plainMoney(nano) });

type Point = { x: number; row: Cell[]; sentence: string };

/**
 * Table and spoken points of a burn-up: every point of the answer in its order, then the forecast. Gaps, pins and partial figures are said in the last
 * column. @returns the twin, a sentence a point, and the moments they stand for (ms)
 */
export function burnUpTwin(burnUp: BurnUp): { twin: Twin; sentences: string[]; moments: number[] } {
  const { zone } = burnUp;
  const events = [
    ...burnUp.pins.map((pin) => ({ x: ms(pin.at), words: pin.label })),
    ...burnUp.gaps.map((gap) => ({ x: ms(gap.from), words: `no data from ${gap.source} until ${formatDayTime(gap.to, zone)}` })),
  ];
  const branch = new Map((burnUp.withoutActions?.points ?? []).map((point) => [ms(point.at), point.nanoUsd]));
  // Only a picture with a branch has its column.
  const branchCell = (cell: Cell): Cell[] => (branch.size > 0 ? [cell] : []);
  const NOTE = branch.size > 0 ? 6 : 5;
  const all: Point[] = [];
  for (const point of burnUp.points) {
    const when = formatDayTime(point.at, zone);
    const partial = point.complete ? [] : ['partial'];
    all.push({
      x: ms(point.at),
      row: [moment(when, point.at), money(point.actualNanoUsd), NO_CELL, NO_CELL, NO_CELL, ...branchCell(NO_CELL), text(partial.join())],
      sentence: `${when}: ${formatMoney(point.actualNanoUsd)} spent${point.complete ? '' : ', partial'}.`,
    });
  }
  for (const point of burnUp.forecast?.points ?? []) {
    const when = formatDayTime(point.at, zone);
    const without = branch.get(ms(point.at));
    const band = point.lowNanoUsd !== null && point.highNanoUsd !== null ? ([point.lowNanoUsd, point.highNanoUsd] as const) : null;
    all.push({
      x: ms(point.at),
      row: [
        moment(when, point.at),
        NO_CELL,
        money(point.medianNanoUsd),
        band ? money(band[0]) : NO_CELL,
        band ? money(band[1]) : NO_CELL,
        ...branchCell(without === undefined ? NO_CELL : money(without)),
        text('expected'),
      ],
      sentence: `${when}: expected ${formatMoney(point.medianNanoUsd, { style: 'estimate', sign: 'estimate' })}${band ? `, 80 % band ${formatMoneyRange(...band)}` : ', run rate only'}.`,
    });
  }
  for (const event of events) {
    const at = all.findLastIndex((point) => point.x <= event.x);
    const point = all[Math.max(0, at)];
    const note = point?.row[NOTE];
    if (point && note) {
      point.row[NOTE] = text([note.show, event.words].filter(Boolean).join('; '));
      point.sentence += ` ${event.words}.`;
    }
  }
  const columns = [
    { head: `Moment, ${zone}` },
    { head: 'Spent, $', figure: true },
    { head: 'Expected, $', figure: true },
    { head: 'Low, $', figure: true },
    { head: 'High, $', figure: true },
    ...(branch.size > 0 ? [{ head: 'Without actions, $', figure: true }] : []),
    { head: 'Note' },
  ];
  return {
    twin: { caption: `${burnUp.title} Cumulative spend and forecast.`, columns, rows: all.map((point) => point.row) },
    sentences: all.map((point) => point.sentence),
    moments: all.map((point) => point.x),
  };
}
