'use client';

import type { ReactNode } from 'react';
import { Button } from './button';
import { cx } from './class-names';
import { CodeBlock } from './copy';
import { Status, type StatusKind } from './status';

const TINTS: Partial<Record<StatusKind, string>> = {
  warn: 'bg-warn-tint',
  observes: 'bg-warn-tint',
  stopped: 'bg-stop-tint',
  failed: 'bg-stop-tint',
  info: 'bg-info-tint',
  live: 'bg-info-tint',
  ok: 'bg-ok-tint',
  in_force: 'bg-contained-tint',
};

/** One line across the top of a panel or page: what is so, and one act. `word` is the status in a word ("stale", "not read"). */
export function Banner({
  kind,
  word,
  action,
  flush = false,
  children,
}: {
  kind: StatusKind;
  word: string;
  action?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      role="status"
      className={cx(
        'flex flex-wrap items-center gap-2 px-3 py-1.5 text-12 md:px-4',
        flush ? 'first:rounded-t-3 border-line border-b' : 'rounded-2 border border-line',
        TINTS[kind] ?? 'bg-neutral-tint',
      )}
    >
      <Status kind={kind}>{word}</Status>
      <span className="min-w-0 flex-1 basis-56">{children}</span>
      {action}
    </div>
  );
}

/** Nothing there yet is said, with the way to change it: a command to copy, or an act. Axes and empty tables are not shown. */
export function EmptyState({
  title,
  children,
  command,
  commandLabel = 'Command',
  action,
}: {
  title: string;
  children?: ReactNode;
  command?: string;
  commandLabel?: string;
  action?: ReactNode;
}) {
  return (
    <div className="grid max-w-[840px] grid-cols-[minmax(0,1fr)] gap-2 px-3 py-5 md:px-4">
      <p className="max-w-[64ch] font-semibold">{title}</p>
      {children ? <div className="max-w-[64ch] text-ink-2">{children}</div> : null}
      {command ? <CodeBlock code={command} label={commandLabel} /> : null}
      {action ? <div>{action}</div> : null}
    </div>
  );
}

/** What went wrong, what to do, retry. `reference` is the request id that a log can be searched for. The old figures stay under it. */
export function ErrorState({
  children,
  reference,
  onRetry,
  busy = false,
  flush = false,
}: {
  children: ReactNode;
  reference?: string;
  onRetry?: () => void;
  busy?: boolean;
  flush?: boolean;
}) {
  const retry = onRetry ? (
    <Button small icon="retry" busy={busy} onClick={onRetry}>
      Retry
    </Button>
  ) : undefined;
  return (
    <Banner kind="failed" word="not read" action={retry} flush={flush}>
      {children}
      {reference ? <span className="ml-1 whitespace-nowrap font-mono text-ink-2">ref {reference}</span> : null}
    </Banner>
  );
}

/** Keeps the old picture, dimmed, under a thin line while new figures are read; `old` dims without the line, where they could not be read. Nothing moves. */
export function Dim({
  loading,
  old = false,
  label = 'Reading new figures',
  children,
}: {
  loading: boolean;
  old?: boolean;
  label?: string;
  children: ReactNode;
}) {
  return (
    <div className="relative" aria-busy={loading || undefined}>
      {loading ? <div role="progressbar" aria-label={label} className="absolute inset-x-0 top-0 h-0.5 animate-pulse bg-accent" /> : null}
      <div className={loading || old ? 'opacity-45 transition-opacity' : 'transition-opacity'}>{children}</div>
    </div>
  );
}

/** Holds the place of something never seen yet, at its final size. `lines` of text, or one block of `height` px. */
export function Skeleton({ lines = 0, height, label = 'Reading' }: { lines?: number; height?: number; label?: string }) {
  if (!lines) return <div role="progressbar" aria-label={label} className="skeleton animate-pulse" style={{ height: height ?? 20 }} />;
  return (
    <div role="progressbar" aria-label={label} className="grid animate-pulse gap-2">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike
        <div key={line} className="skeleton h-3" style={{ width: `${[96, 88, 92, 70][line % 4]}%` }} />
      ))}
    </div>
  );
}
