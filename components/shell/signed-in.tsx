'use client';

import type { ReactNode } from 'react';
import type { FreshnessOut } from '@/lib/insight/data/freshness';
import { useFreshness } from '@/lib/insight/overview/client';
import { AppShell } from './app-shell';
import type { CommandItem } from './command-palette';
import type { Person } from './user-menu';

type SignedInProps = {
  organisation: string;
  person: Person;
  freshness: FreshnessOut;
  commands: CommandItem[];
  sample: boolean;
  children: ReactNode;
};

/** Ends the session, then shows the way in again. Fetched when it is needed: next-auth's part in the browser is not small. */
const leave = () => void import('next-auth/react').then(({ signOut }) => signOut({ callbackUrl: '/sign-in' }));

/** The frame with what only the browser can give it: freshness that goes on, and the way out. */
export function SignedIn({ freshness, children, ...rest }: SignedInProps) {
  return (
    <AppShell {...rest} leaveSampleHref="/start" freshness={useFreshness(freshness)} signOut={{ run: leave }}>
      {children}
    </AppShell>
  );
}
