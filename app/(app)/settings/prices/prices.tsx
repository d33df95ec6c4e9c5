'use client';

import { useRouter } from 'next/navigation';
import { SetPrices } from '@/components/settings/price-form';
import { type PriceRow, PriceTable } from '@/components/settings/price-table';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/form/field';
import { TextInput } from '@/components/ui/form/text-input';
import { Panel } from '@/components/ui/panel';
import { Pagination } from '@/components/ui/table/pagination';
import { sayDone } from '@/components/ui/toast';
import { idempotencyKey } from '@/lib/http/call';
import { usePriceEnd, useSetPrices } from '@/lib/spend/reprice/client';

export function SetOwnPrices({ units }: { units: string[] }) {
  const router = useRouter();
  const save = useSetPrices();
  return (
    <SetPrices
      units={units}
      save={{ ...save, mutate: (input, then) => save.mutate({ ...input, key: idempotencyKey() }, then) }}
      onDone={() => {
        sayDone('The price is set.');
        router.refresh();
      }}
    />
  );
}

type PricesProps = { prices: PriceRow[]; zone: string; mayWrite: boolean; older: string | null; newer: string | null };

/** Prices set over the catalogue, and the way to end one. */
export function Prices({ mayWrite, older, newer, ...list }: PricesProps) {
  const router = useRouter();
  const end = usePriceEnd();
  const ending = {
    ...end,
    mutate: (input: { id: string; etag: string }, then?: { onSuccess?: (answer: unknown) => void }) =>
      end.mutate(input, {
        onSuccess: (ended) => {
          then?.onSuccess?.(ended);
          router.refresh();
        },
      }),
  };
  return (
    <Panel title="Set over the catalogue" sub={mayWrite ? undefined : 'Analysts and admins set prices.'}>
      <PriceTable {...list} end={mayWrite ? ending : null} />
      <Pagination newer={newer === null ? null : { href: newer }} older={older === null ? null : { href: older }} text="Newest first" />
    </Panel>
  );
}

/** Finds models by a part of their name; the text is in the address. */
export function CatalogueSearch({ text }: { text: string }) {
  return (
    <form action="/settings/prices" className="flex flex-wrap items-end gap-2 px-3 py-3 md:px-4">
      <Field label="Model" className="w-72 max-w-full">
        <TextInput name="q" type="search" defaultValue={text} placeholder="gpt-4o, claude, gemini" autoComplete="off" spellCheck={false} />
      </Field>
      <Button type="submit" icon="search">
        Search the catalogue
      </Button>
    </form>
  );
}
