'use client';

import { MakeProvider } from '@/components/provider/provider-acts';
import { ProviderTable } from '@/components/provider/provider-table';
import { Panel } from '@/components/ui/panel';
import { useProviderChange, useProviderEnd, useProviderMake } from '@/lib/provider/client';
import type { ProviderOut } from '@/lib/provider/schema';

export function AddProvider() {
  return <MakeProvider make={useProviderMake()} />;
}

/** The list of providers with what may be done to them. */
export function Providers({ providers, serverNow, mayWrite }: { providers: ProviderOut[]; serverNow: string; mayWrite: boolean }) {
  const acts = { change: useProviderChange(), end: useProviderEnd() };
  return (
    <Panel title="Providers" sub="Where calls go that come through the gateway: a base URL of ours, a key of ours, nothing else.">
      <ProviderTable providers={providers} serverNow={serverNow} acts={mayWrite ? acts : null} />
    </Panel>
  );
}
