'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { concernOf } from './concerns';
import { followEvents } from './follow';
import { type Due, gather } from './gather';

/** Going back redraws a page; reading it again in that moment would take the place of where one goes. */
const AFTER_GOING_BACK_MS = 1_000;

/** Nothing moves under an open dialog: what changed meanwhile is read when it is closed. The bell's own list is no such thing. */
const isDialogOpen = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/**
 * Asks anew what is due of the queries. One that is being answered already is left for the next time: what it will answer may be
 * from before, and to begin it over and over would end it never.
 */
function askAnew(queries: QueryClient, { keys, everything }: Due): Due['keys'] {
  const waiting: Due['keys'] = new Map();
  if (everything) void queries.invalidateQueries({}, { cancelRefetch: false });
  for (const [name, queryKey] of keys) {
    if (queries.isFetching({ queryKey }) > 0) waiting.set(name, queryKey);
    else void queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
  }
  return waiting;
}

const isBell = (key: readonly string[]): boolean => key[0] === 'notices';

/**
 * Keeps what is on screen as it is now: what an event concerns is read again, at most once a second.
 * @param after the number of the last event before the page was drawn
 */
export function useLive(after: string): void {
  const queries = useQueryClient();
  const router = useRouter();
  // The frame is drawn again by every refresh, and the stream goes on.
  const from = useRef(after);
  useEffect(() => {
    let quietUntil = 0;
    const wentBack = () => {
      quietUntil = performance.now() + AFTER_GOING_BACK_MS;
    };
    const read = (due: Due): Due => {
      const mustWait = isDialogOpen() || performance.now() < quietUntil;
      const now = mustWait ? new Map([...due.keys].filter(([, key]) => isBell(key))) : due.keys;
      const later = mustWait ? new Map([...due.keys].filter(([, key]) => !isBell(key))) : new Map();
      const waiting = askAnew(queries, { keys: now, everything: due.everything && !mustWait, page: false });
      if (due.page && !mustWait) router.refresh();
      return { keys: new Map([...later, ...waiting]), everything: due.everything && mustWait, page: due.page && mustWait };
    };
    const gathered = gather(read);
    const stop = followEvents((event) => gathered.add(concernOf(event, window.location.pathname)), from.current);
    window.addEventListener('popstate', wentBack);
    return () => {
      window.removeEventListener('popstate', wentBack);
      stop();
      gathered.stop();
    };
  }, [queries, router]);
}
