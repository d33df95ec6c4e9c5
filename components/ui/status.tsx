import type { ReactNode } from 'react';
import { cx } from './class-names';
import { Icon, type IconName } from './icon';

export type Tone = 'ok' | 'warn' | 'stop' | 'info' | 'contained' | 'neutral';

/** Each status has a shape of its own, so that it is told apart without colour: icon, then tone. */
const KINDS = {
  ok: ['ok', 'ok'],
  stable: ['ok', 'ok'],
  confirmed: ['ok', 'ok'],
  warn: ['warn', 'warn'],
  stopped: ['stopped', 'stop'],
  in_force: ['in_force', 'contained'],
  taking_hold: ['taking_hold', 'contained'],
  prepared: ['prepared', 'neutral'],
  off: ['off', 'neutral'],
  failed: ['failed', 'stop'],
  held: ['held', 'neutral'],
  inconclusive: ['inconclusive', 'neutral'],
  observes: ['watch', 'warn'],
  worse: ['worse', 'stop'],
  live: ['live', 'info'],
  info: ['info', 'info'],
  due: ['pencil', 'info'],
} satisfies Record<string, [IconName, Tone]>;

export type StatusKind = keyof typeof KINDS;

export const TONE_TEXT: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  stop: 'text-stop',
  info: 'text-info',
  contained: 'text-contained',
  neutral: 'text-neutral',
};

/** The tone a status has where it is shown: for what stands beside it. */
export const toneOf = (kind: StatusKind): Tone => KINDS[kind][1] as Tone;

/** A status is always icon, word and colour together. `children` is the word; `iconOnly` hides it from sight, not from screen readers. */
export function Status({
  kind,
  children,
  iconOnly = false,
  className,
}: {
  kind: StatusKind;
  children: ReactNode;
  iconOnly?: boolean;
  className?: string;
}) {
  const [icon, tone] = KINDS[kind] as [IconName, Tone];
  return (
    <span className={cx('inline-flex items-center gap-[5px] whitespace-nowrap align-top font-medium', TONE_TEXT[tone], className)}>
      <Icon name={icon} className="size-3.5" />
      <span className={iconOnly ? 'sr-only' : undefined}>{children}</span>
    </span>
  );
}
