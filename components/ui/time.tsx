'use client';

import { useEffect, useState } from 'react';
import { formatAge, formatDay, formatDayTime, formatLength, formatTime, momentMs } from '@/lib/kernel/format-time';
import type { Instant } from '@/lib/kernel/instant';
import { cx } from './class-names';

/**
 * The server's time, ticking. @param serverNow ISO time at which the page was made. The browser's own clock is never believed, only how much of it went by.
 * @returns the moment to show, as an Instant.
 */
export function useNow(serverNow: string, everyMs = 1_000): Instant {
  const [gone, setGone] = useState(0);
  useEffect(() => {
    const from = performance.now();
    setGone(0);
    const timer = setInterval(() => setGone(performance.now() - from), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return ((momentMs(serverNow) + Math.floor(gone)) * 1_000) as Instant;
}

type TimeProps = {
  at: string;
  zone: string;
  show?: 'day' | 'day_time' | 'time' /** Names the zone in the text; it is always in the title. */;
  named?: boolean;
  year?: boolean;
};

/** A moment in the organisation's zone, weekday with every date. */
export function Time({ at, zone, show = 'day_time', named = false, year = false }: TimeProps) {
  const text = show === 'day' ? formatDay(at, zone, { year }) : show === 'time' ? formatTime(at, zone) : formatDayTime(at, zone, { year });
  return (
    <time dateTime={at} title={formatDayTime(at, zone, { named: true, year: true })} className="whitespace-nowrap">
      {text}
      {named ? ` ${zone}` : ''}
    </time>
  );
}

/** "40 s ago", counting on. */
export function Age({ at, serverNow }: { at: string; serverNow: string }) {
  const now = useNow(serverNow);
  return <span className="whitespace-nowrap tabular-nums">{formatAge(at, now)}</span>;
}

/** "in 1 h 14 min", counting down; `over` stands when the moment has passed. */
export function Countdown({ until, serverNow, over = 'now' }: { until: string; serverNow: string; over?: string }) {
  const now = useNow(serverNow);
  const left = momentMs(until) - momentMs(now);
  return <span className="whitespace-nowrap tabular-nums">{left > 0 ? `in\u00a0${formatLength(left)}` : over}</span>;
}

/** Whether figures can be trusted: `fresh`, `stale` (a source is silent for too long) or `none` (nothing ever came). */
export type FreshnessState = { state: 'fresh' | 'stale' | 'none'; lastEventAt: string | null; serverNow: string };

/** A dot and words: "fresh 40 s ago", "stale 12 h", "no data". Filled when fresh, a ring when not. */
export function Freshness({ state, lastEventAt, serverNow, className }: FreshnessState & { className?: string }) {
  const now = useNow(serverNow, 5_000);
  const word =
    state === 'none' || !lastEventAt
      ? 'no data'
      : `${state}\u00a0${state === 'fresh' ? formatAge(lastEventAt, now) : formatLength(momentMs(now) - momentMs(lastEventAt))}`;
  const dot = state === 'fresh' ? 'bg-ok' : state === 'stale' ? 'border-2 border-warn' : 'border-2 border-neutral';
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap text-11 text-ink-2', className)}>
      <span aria-hidden="true" className={cx('keep-colour size-[7px] rounded-full', dot)} />
      {word}
    </span>
  );
}
