import type { Metadata } from 'next';
import { providersLine } from '@/components/provider/words';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { toIso } from '@/lib/kernel/instant';
import { listProviders } from '@/lib/provider/reads';
import { SettingsFrame } from '../frame';
import { AddProvider, Providers } from './providers';

export const metadata: Metadata = { title: 'Providers' };

/** Where the gateway sends calls, and for which of them a key is kept. */
export default async function ProvidersPage() {
  const { ctx, member } = await pageCaller('provider.read');
  const providers = await listProviders(ctx);
  const mayWrite = mayPass(member, 'provider.write');
  return (
    <SettingsFrame tab="providers" title={providersLine(providers)} actions={mayWrite ? <AddProvider /> : undefined}>
      <Providers providers={providers} serverNow={toIso(ctx.now)} mayWrite={mayWrite} />
    </SettingsFrame>
  );
}
