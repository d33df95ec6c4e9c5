'use client';

import type { ReactNode } from 'react';
import type { FreshnessOut } from '@/lib/insight/data/freshness';
import { useFreshness } from '@/lib/insight/overview/client';
import { useLive } from '../live/use-live';
import { LiveBell } from '../notice/live-bell';
import { AppShell } from './app-shell';
import type { CommandItem } from './command-palette';
import type { Person } from './user-menu';

type SignedInProps = {
  organisation: string;
  zone: string;
  person: Person;
  freshness: FreshnessOut;
  commands: CommandItem[];
  sample: boolean;
  /** The number of the last event before the page was drawn. */
  lastEvent: string;
  children: ReactNode;
};

/** Ends the session, then shows the way in again. Fetched when it is needed: next-auth's part in the browser is not small. */
const leave = () => void import('next-auth/react').then(({ signOut }) => signOut({ callbackUrl: '/sign-in' }));

/** The frame with what only the browser can give it: what happens as it happens, freshness that goes on, and the way out. */
export function SignedIn({ freshness, zone, lastEvent, children, ...rest }: SignedInProps) {
  useLive(lastEvent);
  const bell = (place: 'wide' | 'narrow') => (
    <LiveBell zone={zone} speaks={place === 'wide'} className={place === 'narrow' ? 'size-10!' : undefined} />
  );
  return (
    <AppShell {...rest} bell={bell} leaveSampleHref="/start" freshness={useFreshness(freshness)} signOut={{ run: leave }}>
      {children}
    </AppShell>
  );
}
