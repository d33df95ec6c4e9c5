import type { ReactNode } from 'react';
import { formatDayTime } from '@/lib/kernel/format-time';
import { Mark } from '../shell/brand';

/** One phone screen: mark and time on top, what happened, what to do at the thumb. Works without any script. */
export function AcknowledgeFrame({ at, zone, children }: { at?: string; zone?: string; children: ReactNode }) {
  return (
    <div className="min-h-dvh bg-surface">
      <main id="main" className="mx-auto flex min-h-dvh w-full max-w-[480px] flex-col p-4">
        <div className="flex items-center gap-2 text-12 text-ink-3">
          <Mark className="size-4" />
          Hardstop
          {at && zone ? <span className="ml-auto">{formatDayTime(at, zone, { named: true })}</span> : null}
        </div>
        {children}
      </main>
    </div>
  );
}

/** A line of figures: what it is on the left, the figure on the right, a bar under both. */
export function Line({ name, note, children, bar }: { name: string; note?: string; children: ReactNode; bar?: ReactNode }) {
  return (
    <div className="grid grid-cols-[1fr_auto] items-baseline border-line border-b py-[11px]">
      <dt className="text-15 text-ink-2">{name}</dt>
      <dd className="text-right font-semibold text-[17px] leading-6 tabular-nums">
        {children} {note ? <span className="font-normal text-13 text-ink-2">{note}</span> : null}
      </dd>
      {bar}
    </div>
  );
}

export const BIG =
  'flex h-14 w-full items-center justify-center gap-2 rounded-3 bg-accent font-semibold text-[17px] text-on-accent hover:bg-accent-strong';
export const CALM =
  'flex h-12 w-full items-center justify-center gap-2 rounded-2 border border-line-strong bg-surface px-3 text-center font-medium text-15 text-ink hover:bg-hover';
