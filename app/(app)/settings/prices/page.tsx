import type { Metadata } from 'next';
import { CatalogueTable, type PriceRow } from '@/components/settings/price-table';
import { pricesLine } from '@/components/settings/words';
import { Panel } from '@/components/ui/panel';
import { pageCaller } from '@/lib/auth/page';
import { mayPass } from '@/lib/auth/rights';
import { type Instant, parseInstant } from '@/lib/kernel/instant';
import { INPUT_KINDS, OUTPUT_KINDS } from '@/lib/kernel/units';
import { readOrganisation } from '@/lib/org/reads';
import { listPrices } from '@/lib/price/reads';
import type { PriceOut } from '@/lib/price/schema';
import { SettingsFrame } from '../frame';
import { CatalogueSearch, Prices, SetOwnPrices } from './prices';

export const metadata: Metadata = { title: 'Prices' };

const UNITS = [...INPUT_KINDS, ...OUTPUT_KINDS, 'request'];

function stateOf({ effectiveFrom, effectiveTo }: PriceOut, now: Instant): PriceRow['state'] {
  const [from, to] = [parseInstant(effectiveFrom), effectiveTo === null ? null : parseInstant(effectiveTo)];
  if (to !== null && to <= now) return 'ended';
  return from !== null && from > now ? 'comes' : 'counts';
}

/** What a million units cost, where that differs from the catalogue, and what the catalogue says. */
export default async function PricesPage({ searchParams }: { searchParams: Promise<{ q?: string; cursor?: string }> }) {
  const { ctx, member } = await pageCaller('price.read');
  const { q, cursor } = await searchParams;
  const text = q?.trim().slice(0, 200) ?? '';
  const [set, found, { zone }] = await Promise.all([
    listPrices(ctx, { limit: 100, cursor }),
    listPrices(ctx, { limit: 1, ...(text === '' ? {} : { model: text }) }),
    readOrganisation(ctx),
  ]);
  const rows = set.items.map((price) => ({ ...price, state: stateOf(price, ctx.now) }));
  const { version, items } = found.catalogue;
  const mayWrite = mayPass(member, 'price.write');
  const older = set.nextCursor === null ? null : `/settings/prices?cursor=${encodeURIComponent(set.nextCursor)}`;
  const newer = cursor === undefined ? null : '/settings/prices';
  return (
    <SettingsFrame
      tab="prices"
      title={pricesLine(rows.filter((price) => price.state !== 'ended').length, version)}
      actions={mayWrite ? <SetOwnPrices units={UNITS} /> : undefined}
    >
      <Prices prices={rows} zone={zone} mayWrite={mayWrite} older={older} newer={newer} />
      <Panel
        title={`The catalogue, ${version}`}
        sub="What counts where nothing is set over it. Dollars for a million units, as the providers list them."
      >
        <CatalogueSearch text={text} />
        {text === '' ? null : <CatalogueTable lines={items} text={text} />}
      </Panel>
    </SettingsFrame>
  );
}
