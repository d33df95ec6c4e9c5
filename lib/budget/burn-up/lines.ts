import { NBSP } from '@/lib/kernel/format-money';
import { type Instant, toIso } from '@/lib/kernel/instant';
import { type NanoUsd, nanoUsd, type Ppm, shareOf } from '@/lib/kernel/money';
import type { BurnUpOut } from './schema';

/** A limit that a period has had from a moment on. */
export type Limit = { at: Instant; amount: NanoUsd; hardStop: NanoUsd; granted: NanoUsd };

/** A level of a budget that is drawn as a line: burn rates and forecasts are none. */
export type Level = { kind: 'notify' | 'contain' | 'stop'; atPpm: Ppm };

/** One mark under the axis: when, what kind, in a few words, and where more of it stands. */
export type Pin = { at: Instant; kind: BurnUpOut['pins'][number]['kind']; label: string; href?: string };

const percent = (at: Ppm): string => `${at / 10_000}${NBSP}%`;
const WORDS = { notify: 'Notify', contain: 'Contain', stop: 'Stop' } as const;

/** A level by its name: `Contain 80 %`. */
export const levelName = ({ kind, atPpm }: Level): string => `${WORDS[kind]} ${percent(atPpm)}`;

/** Where a level lies under a limit: the stop where calls are refused, grants included. */
export const levelUnder = (level: Level, limit: Limit): NanoUsd =>
  level.kind === 'stop' ? nanoUsd(limit.hardStop + limit.granted) : shareOf(limit.amount, level.atPpm);

/** The lines of a burn-up, each with the steps it has taken. @param limits ascending, at least one: the last is what holds now */
export function burnUpLines(levels: Level[], limits: Limit[]): BurnUpOut['lines'] {
  const line = (kind: BurnUpOut['lines'][number]['kind'], label: string, of: (limit: Limit) => NanoUsd) => {
    const steps = limits.map((limit) => ({ from: toIso(limit.at), nanoUsd: String(of(limit)) }));
    const moved = steps.filter((step, i) => step.nanoUsd !== steps[i - 1]?.nanoUsd);
    return { kind, label, nanoUsd: steps.at(-1)?.nanoUsd ?? '0', ...(moved.length > 1 ? { steps: moved } : {}) };
  };
  return [
    ...levels.map((level) => line(level.kind, levelName(level), (limit) => levelUnder(level, limit))),
    line('amount', 'Amount', (limit) => limit.amount),
  ];
}

/** The limit that held at a moment. */
export function limitAt(limits: Limit[], at: Instant): Limit | undefined {
  return limits.findLast((limit) => limit.at <= at) ?? limits[0];
}

/** When known spend first stood at each level below the stop (which has pins of its own), as finely as the points are drawn. */
export function reachedPins(levels: Level[], limits: Limit[], points: { at: Instant; nano: bigint }[]): { at: Instant; label: string }[] {
  return levels.flatMap((level) => {
    if (level.kind === 'stop') return [];
    const first = points.find(({ at, nano }) => {
      const limit = limitAt(limits, at);
      return limit !== undefined && nano > 0n && nano >= levelUnder(level, limit);
    });
    return first ? [{ at: first.at, label: `${levelName(level)} reached` }] : [];
  });
}
