'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { PLACES } from './places';

const STORED = 'hardstop.single-keys';
const SEQUENCE_MS = 1_500;

const never = () => () => undefined;

/** Whether this keyboard has a ⌘; the server does not know, and names the other key. */
export const useIsApple = (): boolean =>
  useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );

/** Whether a key press belongs to what is being typed or operated, not to us. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(input|textarea|select)$/i.test(target.tagName) ||
      Boolean(target.closest('[role="dialog"],[role="menu"],[role="listbox"]')))
  );
}

/**
 * Listens for ⌘K / Ctrl-K, `?` and `g` followed by a place's key. Single keys can be switched off (WCAG 2.1.4), which this browser remembers.
 * @returns whether single keys are on, and the switch.
 */
export function useShortcuts({ onCommands, onHelp }: { onCommands: () => void; onHelp: () => void }): [boolean, (on: boolean) => void] {
  const router = useRouter();
  const [on, setOn] = useState(true);
  const since = useRef(0);
  useEffect(() => setOn(localStorage.getItem(STORED) !== 'off'), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onCommands();
        return;
      }
      if (!on || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const place = event.timeStamp - since.current < SEQUENCE_MS ? PLACES.find((each) => each.key === event.key) : undefined;
      since.current = event.key === 'g' ? event.timeStamp : 0;
      if (event.key === '?') onHelp();
      else if (place) router.push(place.href);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [on, onCommands, onHelp, router]);
  const change = (next: boolean) => {
    localStorage.setItem(STORED, next ? 'on' : 'off');
    setOn(next);
  };
  return [on, change];
}
