import type { Concern } from './concerns';

/** Read at most this often, however much happens. */
export const REST_MS = 1_000;
/** A stop is read at once, where one was not a moment ago. */
export const URGENT_REST_MS = 250;
/** What one transaction tells comes together. */
export const TOGETHER_MS = 100;
/** What could not be read now is tried again after this. */
const AGAIN_MS = 400;

/** What waits to be read again. */
export type Due = { keys: Map<string, readonly string[]>; everything: boolean; page: boolean };

const nothing = (): Due => ({ keys: new Map(), everything: false, page: false });
const isNothing = (due: Due): boolean => due.keys.size === 0 && !due.everything && !due.page;

/**
 * Gathers what events concern, and has it read: each thing once, at most once a second.
 * @param read reads what is due, and hands back what it must wait with
 */
export function gather(read: (due: Due) => Due): { add: (concern: Concern) => void; stop: () => void } {
  let due = nothing();
  let last = Number.NEGATIVE_INFINITY;
  let timer: { at: number; id: ReturnType<typeof setTimeout> } | null = null;

  function schedule(at: number): void {
    if (timer !== null && timer.at <= at) return;
    if (timer !== null) clearTimeout(timer.id);
    timer = { at, id: setTimeout(flush, Math.max(0, at - performance.now())) };
  }

  function flush(): void {
    timer = null;
    const waiting = due;
    due = nothing();
    const left = read(waiting);
    const isRead = left.keys.size < waiting.keys.size || left.everything !== waiting.everything || left.page !== waiting.page;
    if (isRead) last = performance.now();
    due = { ...left, keys: new Map(left.keys) };
    if (!isNothing(due)) schedule(performance.now() + AGAIN_MS);
  }

  return {
    add({ keys, page, isUrgent }) {
      if (keys === 'everything') due.everything = true;
      else for (const key of keys) due.keys.set(JSON.stringify(key), key);
      due.page ||= page;
      if (isNothing(due)) return;
      schedule(Math.max(performance.now() + TOGETHER_MS, last + (isUrgent ? URGENT_REST_MS : REST_MS)));
    },
    stop() {
      if (timer !== null) clearTimeout(timer.id);
    },
  };
}
