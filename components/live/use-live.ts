'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { followEvents } from './follow';

/** However much happens, what is on screen is read again at most this often. */
const AT_MOST_EVERY_MS = 400;

/** Going back redraws a page; reading it again in that moment would take the place of where one goes. */
const AFTER_GOING_BACK_MS = 1_000;

/** Nothing moves under an open dialog: what changed meanwhile is read when it is closed. */
const isDialogOpen = (): boolean => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

const isNotice = (type: string): boolean => type.startsWith('notice.');

/** Where notices are not only in the bell: what comes of each attempt is on this page. */
const SHOWS_NOTICES = '/settings/channels';

/** Keeps what is on screen as it is now: whatever happens anywhere in the organisation, what shows it is read again. */
export function useLive(): void {
  const queries = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    let due: { notices: boolean; everything: boolean } = { notices: false, everything: false };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let quietUntil = 0;
    const wentBack = () => {
      quietUntil = performance.now() + AFTER_GOING_BACK_MS;
    };
    const readAgain = () => {
      timer = undefined;
      if (due.notices) void queries.invalidateQueries({ queryKey: ['notices'] });
      if (due.everything && (isDialogOpen() || performance.now() < quietUntil)) {
        due = { notices: false, everything: true };
        timer = setTimeout(readAgain, AT_MOST_EVERY_MS);
        return;
      }
      if (due.everything) {
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'notices' });
        router.refresh();
      }
      due = { notices: false, everything: false };
    };
    const stop = followEvents(({ type }) => {
      if (isNotice(type) || type === 'reset') due.notices = true;
      if (!isNotice(type) || window.location.pathname === SHOWS_NOTICES) due.everything = true;
      timer ??= setTimeout(readAgain, AT_MOST_EVERY_MS / 4);
    });
    window.addEventListener('popstate', wentBack);
    return () => {
      window.removeEventListener('popstate', wentBack);
      stop();
      clearTimeout(timer);
    };
  }, [queries, router]);
}
