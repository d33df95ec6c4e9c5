'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { unstable_createAdapterProvider as createAdapterProvider, renderQueryString } from 'nuqs/adapters/custom';
import { type ReactNode, startTransition, useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { isOwnChange } from './own-change';

const changed = new EventTarget();
const tellChanged = () => changed.dispatchEvent(new Event('change'));

/** The names that views on the page keep in the address, each as often as it is kept. */
const kept = new Map<string, number>();

/** What is on screen: its address, and what the router keeps with the entry. */
let drawn = { pathname: '', search: '', state: null as unknown };

function replaceEntry(state: unknown): void {
  startTransition(() => window.history.replaceState(state, '', location.href));
}

/**
 * Takes going back to another view of the page on screen from the router. With the entry that a view made, the router keeps the page
 * as it was loaded, not as the view had changed it; after a reload it asks the server for the one by the address of the other, is
 * answered otherwise, and where a second step back comes in between it waits for ever. The page draws its views by itself, so the
 * router is only told that its page is still the one.
 */
function goBack(event: Event): void {
  if (kept.size > 0 && isOwnChange(drawn, location, kept.keys())) {
    event.stopImmediatePropagation();
    replaceEntry(drawn.state);
    replaceEntry(null);
  }
  tellChanged();
}

function subscribe(tell: () => void): () => void {
  changed.addEventListener('change', tell);
  return () => changed.removeEventListener('change', tell);
}

function changeAddress(search: URLSearchParams, { history, scroll }: { history: 'push' | 'replace'; scroll: boolean }): void {
  const url = location.origin + location.pathname + renderQueryString(search) + location.hash;
  // The router hears of both.
  startTransition(() => {
    if (history === 'push') window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  });
  if (scroll) window.scrollTo(0, 0);
  tellChanged();
}

/** The names are kept in the address while this is on screen. */
function useKept(names: string[]): void {
  const all = names.join('&');
  useEffect(() => {
    const each = all === '' ? [] : all.split('&');
    for (const name of each) kept.set(name, (kept.get(name) ?? 0) + 1);
    return () => {
      for (const name of each) {
        const left = (kept.get(name) ?? 1) - 1;
        if (left > 0) kept.set(name, left);
        else kept.delete(name);
      }
    };
  }, [all]);
}

/**
 * What a view keeps in its address, read from the address itself: the router tells of a change in a transition, and one that waits
 * leaves the old view under the new address for as long. A page that is being left keeps the address it had.
 */
function useAddress(names: string[]) {
  const pathname = usePathname();
  const given = useSearchParams().toString();
  const last = useRef(given);
  const read = () => {
    if (location.pathname === pathname) last.current = location.search.slice(1);
    return last.current;
  };
  const search = useSyncExternalStore(subscribe, read, () => given);
  useKept(names);
  useEffect(() => {
    if (location.pathname === pathname) drawn = { pathname, search, state: window.history.state };
  });
  return {
    searchParams: useMemo(() => new URLSearchParams(search), [search]),
    pathname,
    updateUrl: useCallback(changeAddress, []),
    // A browser takes so many changes a second and no more; the router makes three of one.
    rateLimitFactor: 3,
  };
}

const Provider = createAdapterProvider(useAddress);

/** Lets `useQueryState` keep what it keeps in the address of this app, and going back lead there. */
export function AddressProvider({ children }: { children: ReactNode }) {
  useEffect(() => {
    // Before the router's own.
    window.addEventListener('popstate', goBack, { capture: true });
    return () => window.removeEventListener('popstate', goBack, { capture: true });
  }, []);
  return <Provider>{children}</Provider>;
}
