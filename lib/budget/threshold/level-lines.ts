import { NBSP } from '@/lib/kernel/format-money';
import { nanoUsd, ppm, shareOf } from '@/lib/kernel/money';
import type { BudgetOut } from '../schema';

/** A level of a budget as it stands on its bar. */
export type LevelLine = { kind: 'notify' | 'contain' | 'stop'; label: string; nanoUsd: string };

/** 0.95 as "95 %", 0.125 as "12.5 %": no digit more than it has. */
export const levelPercent = (at: number): string => `${Number((at * 100).toFixed(4))}${NBSP}%`;

/** The levels of a budget that lie at an amount, lowest first; a stop lies at the limit, grants included. Works in the browser too. */
export function levelLines({ thresholds, current }: Pick<BudgetOut, 'thresholds' | 'current'>): LevelLine[] {
  return thresholds
    .filter((each) => !each.burn && each.withinDays === null)
    .map(({ kind, at }) => ({
      kind,
      label: `${kind} ${levelPercent(at)}`,
      nanoUsd: kind === 'stop' ? current.limitNanoUsd : String(shareOf(nanoUsd(BigInt(current.amountNanoUsd)), ppm(at))),
    }));
}
