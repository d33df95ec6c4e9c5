'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';

import { type ReactNode, useState } from 'react';
import { Toasts } from '../ui/toast';
import { AddressProvider } from './address/address-provider';

/** What every page stands in: theme from the system or the person's choice, queries, the URL as state, confirmations. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: true }, mutations: { retry: false } },
      }),
  );
  return (
    // The script that sets the theme before the first paint runs from the server's HTML only; in the browser React must not meet a live script.
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="hardstop.theme"
      nonce={nonce}
      scriptProps={{ type: typeof window === 'undefined' ? 'text/javascript' : 'text/plain', suppressHydrationWarning: true }}
    >
      <QueryClientProvider client={queries}>
        <AddressProvider>
          {children}
          <Toasts />
        </AddressProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
