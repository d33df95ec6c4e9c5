'use client';

import { useState } from 'react';
import type { UnpricedOut } from '@/lib/insight/data/reads';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { Time } from '../ui/time';
import { counted } from './finding';
import { PriceDialog } from './price/price-dialog';

type UnpricedPanelProps = {
  groups: UnpricedOut[];
  /** Nothing has come yet: then nothing can be said to be right. */
  isNew: boolean;
  zone: string;
  mayPrice: boolean;
  /** Names of budgets by id, for what a price would move. */
  budgetNames: Record<string, string>;
};

const keyOf = (group: UnpricedOut) => `${group.provider}\n${group.model}`;

/** Calls that no price covers, by model: until then they count at a guess, shown as "at least". */
export function UnpricedPanel({ groups, isNew, zone, mayPrice, budgetNames }: UnpricedPanelProps) {
  const [pricing, setPricing] = useState<UnpricedOut | null>(null);
  const calls = groups.reduce((sum, each) => sum + each.calls, 0);
  const upper = groups.reduce((sum, each) => sum + BigInt(each.upperNanoUsd), 0n);
  const columns: Column<UnpricedOut>[] = [
    {
      key: 'model',
      head: 'Model',
      name: true,
      cell: (each) => (
        <span className="block min-w-0 break-words">
          {each.model}
          <span className="block font-normal text-12 text-ink-2">{each.provider}</span>
        </span>
      ),
      foot: 'Together',
    },
    {
      key: 'units',
      head: 'Units without a price',
      cell: (each) => <span className="block text-12 text-ink-2 max-sm:text-right">{each.units.join(', ').replaceAll('_', ' ')}</span>,
    },
    { key: 'since', head: 'First call', cell: (each) => <Time at={each.since} zone={zone} /> },
    { key: 'calls', head: 'Calls', figure: true, cell: (each) => formatCount(each.calls), foot: formatCount(calls) },
    {
      key: 'upper',
      head: 'Counts as',
      figure: true,
      cell: (each) => formatMoney(each.upperNanoUsd, { sign: 'at_least' }),
      foot: formatMoney(upper, { sign: 'at_least' }),
    },
    {
      key: 'act',
      head: 'Act',
      hideHead: true,
      figure: true,
      cell: (each) =>
        mayPrice ? (
          <Button small kind={each === groups[0] ? 'primary' : 'plain'} onClick={() => setPricing(each)}>
            Add price<span className="sr-only"> for {each.model}</span>
          </Button>
        ) : null,
    },
  ];
  return (
    <Panel
      id="unpriced"
      title={
        isNew
          ? 'Nothing to price yet'
          : groups.length === 0
            ? 'Everything has a price'
            : `${counted(calls, 'call')} ${calls === 1 ? 'waits' : 'wait'} for a price`
      }
      sub={groups.length === 0 ? undefined : 'Until then they count at twice the dearest price there is.'}
      aside={groups.length === 0 && !isNew ? <Status kind="ok">priced</Status> : undefined}
    >
      {groups.length === 0 ? (
        <p className="px-3 py-3 text-ink-2 md:px-4">
          {isNew ? '' : 'No call is counted at a guess. '}A model that the catalogue does not know appears here.
        </p>
      ) : (
        <Table caption="Calls without a price by model, dearest guess first" columns={columns} rows={groups} rowKey={keyOf} />
      )}
      {groups.length > 0 && !mayPrice ? (
        <p className="border-line border-t px-3 py-2 text-12 text-ink-2 md:px-4">Prices are set by analysts and admins: ask one of them.</p>
      ) : null}
      {pricing ? <PriceDialog key={keyOf(pricing)} group={pricing} budgetNames={budgetNames} onClose={() => setPricing(null)} /> : null}
    </Panel>
  );
}
