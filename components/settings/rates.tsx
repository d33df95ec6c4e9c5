'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import type { Write } from '../ui/form/write';
import { Panel } from '../ui/panel';
import { EmptyState } from '../ui/states';
import { Table } from '../ui/table/table';
import { Time } from '../ui/time';

export type RateRow = { currency: string; usdPerUnit: string; setAt: string; etag: string };

/** How many dollars one unit of each other currency is. */
export function Rates({
  rates,
  zone,
  refused,
  save,
}: {
  rates: RateRow[];
  zone: string;
  refused: string | null;
  save: Write<{ currency: string; usdPerUnit: string; etag?: string | undefined }>;
}) {
  const [currency, setCurrency] = useState('');
  const [usdPerUnit, setUsdPerUnit] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = currency.trim().toUpperCase();
    save.mutate(
      { currency: code, usdPerUnit, etag: rates.find((rate) => rate.currency === code)?.etag },
      {
        onSuccess: () => {
          setCurrency('');
          setUsdPerUnit('');
        },
      },
    );
  };
  const at = (pointer: string) => faultAt(save.error, pointer);
  return (
    <Panel title="Currency rates" sub="Periods that have begun keep the rate they began with.">
      {rates.length === 0 ? (
        <EmptyState title="No rate is set: every amount is in US dollars." />
      ) : (
        <Table
          caption="Currency rates"
          rows={rates}
          rowKey={(rate) => rate.currency}
          columns={[
            { key: 'currency', head: 'Currency', name: true, cell: (rate) => rate.currency },
            { key: 'rate', head: 'US dollars for 1', figure: true, cell: (rate) => rate.usdPerUnit },
            { key: 'set', head: 'Set', figure: true, cell: (rate) => <Time at={rate.setAt} zone={zone} year /> },
          ]}
        />
      )}
      {refused ? null : (
        <form onSubmit={submit} noValidate className="grid gap-3 border-line border-t px-3 py-3 md:px-4">
          <div className="flex flex-wrap items-start gap-3">
            <Field label="Currency" error={at('/path/currency')} className="w-28">
              <TextInput value={currency} onValueChange={setCurrency} placeholder="EUR" maxLength={3} autoComplete="off" />
            </Field>
            <Field label="US dollars for 1" error={at('/usdPerUnit')} className="w-44">
              <TextInput inputMode="decimal" value={usdPerUnit} onValueChange={setUsdPerUnit} placeholder="1.0834" autoComplete="off" />
            </Field>
            <Button type="submit" busy={save.isPending} className="sm:mt-5">
              Set the rate
            </Button>
          </div>
          <FormFault problem={save.error} fields={['/path/currency', '/usdPerUnit']} />
        </form>
      )}
    </Panel>
  );
}
