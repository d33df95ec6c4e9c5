'use client';

import { useState } from 'react';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { EmptyState } from '../ui/states';
import { Status } from '../ui/status';
import { Table } from '../ui/table/table';
import { Time } from '../ui/time';

export type PriceRow = {
  id: string;
  etag: string;
  provider: string;
  model: string;
  unit: string;
  nanoUsdPerMillion: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  source: string;
  /** Whether it counts now, will, or did. */
  state: 'counts' | 'comes' | 'ended';
};

type PriceTableProps = { prices: PriceRow[]; zone: string; end: Write<{ id: string; etag: string }> | null };

/** Prices that people set over the catalogue's. */
export function PriceTable({ prices, zone, end }: PriceTableProps) {
  if (prices.length === 0) {
    return (
      <EmptyState title="None is set: the catalogue's prices count.">
        Set one where the catalogue is wrong, does not know a model, or a contract says otherwise.
      </EmptyState>
    );
  }
  return (
    <Table
      caption="Prices set over the catalogue"
      rows={prices}
      rowKey={(price) => price.id}
      columns={[
        { key: 'model', head: 'Model', name: true, cell: (price) => `${price.provider} · ${price.model}` },
        { key: 'unit', head: 'Unit', cell: (price) => price.unit },
        { key: 'price', head: '$ a million', figure: true, cell: (price) => formatMoney(price.nanoUsdPerMillion, { style: 'exact' }) },
        { key: 'from', head: 'From', cell: (price) => <Time at={price.effectiveFrom} zone={zone} year /> },
        {
          key: 'to',
          head: 'To',
          cell: (price) =>
            price.effectiveTo ? <Time at={price.effectiveTo} zone={zone} year /> : <span className="text-ink-3">open</span>,
        },
        { key: 'source', head: 'Source', cell: (price) => price.source },
        {
          key: 'state',
          head: 'State',
          cell: (price) => (
            <Status kind={price.state === 'counts' ? 'ok' : price.state === 'comes' ? 'prepared' : 'off'}>{price.state}</Status>
          ),
        },
        ...(end
          ? [
              {
                key: 'acts',
                head: 'Acts',
                hideHead: true,
                figure: true,
                cell: (price: PriceRow) => (price.state === 'ended' ? null : <End price={price} write={end} />),
              },
            ]
          : []),
      ]}
    />
  );
}

function End({ price, write }: { price: PriceRow; write: Write<{ id: string; etag: string }> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    write.reset();
  };
  return (
    <Dialog
      trigger={
        <Button small aria-label={`End the price of ${price.unit} of ${price.model}`}>
          End
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`End the price of ${price.unit}, ${price.model}?`}
      foot={
        <Button
          kind="danger"
          busy={write.isPending}
          onClick={() => write.mutate({ id: price.id, etag: price.etag }, { onSuccess: () => setOpen(false) })}
        >
          End this price
        </Button>
      }
    >
      <form className="grid gap-3" onSubmit={(event) => event.preventDefault()}>
        <p>
          From now on the catalogue's price counts again, where it has one; calls without any price are unpriced. What is booked stays as it
          is.
        </p>
        <FormFault problem={write.error} />
      </form>
    </Dialog>
  );
}

export type CatalogueRow = { provider: string; model: string; unit: string; nanoUsdPerMillion: string; above: number | null };

/** What the catalogue says of the models that were searched for. */
export function CatalogueTable({ lines, text }: { lines: CatalogueRow[]; text: string }) {
  return (
    <Table
      caption="Prices of the catalogue"
      rows={lines}
      rowKey={(line) => [line.provider, line.model, line.unit, line.above].join(' ')}
      empty={`The catalogue has no model whose name contains “${text}”. Set a price for it above.`}
      columns={[
        { key: 'model', head: 'Model', name: true, cell: (line) => `${line.provider} · ${line.model}` },
        { key: 'unit', head: 'Unit', cell: (line) => line.unit },
        {
          key: 'above',
          head: 'Requests above',
          figure: true,
          cell: (line) => (line.above === null ? <span className="text-ink-3">any size</span> : `${formatCount(line.above)} tokens`),
        },
        { key: 'price', head: '$ a million', figure: true, cell: (line) => formatMoney(line.nanoUsdPerMillion, { style: 'exact' }) },
      ]}
    />
  );
}
