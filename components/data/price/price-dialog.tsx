'use client';

import { useRef, useState } from 'react';
import { idempotencyKey } from '@/lib/http/call';
import type { UnpricedOut } from '@/lib/insight/data/reads';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { useNearestModel } from '@/lib/price/client';
import { type NewPrice, usePreviewPrices, useSetPrices } from '@/lib/spend/reprice/client';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/form/toggles';
import { Dialog } from '../../ui/overlay/dialog';
import { ErrorState } from '../../ui/states';
import { sayDone } from '../../ui/toast';
import { counted } from '../finding';
import { dollarsOf, nanoOf } from './dollars';
import { NearestHint } from './nearest-hint';
import { PreviewTable } from './preview-table';
import { UnitPriceFields } from './unit-price-fields';

type PriceDialogProps = { group: UnpricedOut; budgetNames: Record<string, string>; onClose: () => void };

/** Sets the prices of a model that has none: typed in dollars, tried out first, then done to all calls that waited. */
export function PriceDialog({ group, budgetNames, onClose }: PriceDialogProps) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [accepts, setAccepts] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const key = useRef('');
  const nearest = useNearestModel(group.provider, group.model);
  const preview = usePreviewPrices();
  const save = useSetPrices();
  const prices = group.units.flatMap((unit): NewPrice[] => {
    const nano = nanoOf(typed[unit] ?? '');
    return nano === null ? [] : [{ provider: group.provider, model: group.model, unit, nanoUsdPerMillion: nano }];
  });
  const isWhole = prices.length === group.units.length;
  const type = (unit: string, dollars: string) => {
    setTyped((all) => ({ ...all, [unit]: dollars }));
    preview.reset();
    save.reset();
    setAccepts(false);
  };
  const tryOut = () => {
    setIsTried(true);
    if (!isWhole) return;
    key.current = idempotencyKey();
    save.reset();
    preview.mutate(prices);
  };
  const outcome = preview.data;
  const stops = outcome?.budgets.filter((each) => each.raisesStop) ?? [];
  const stopNames = stops.map((each) => budgetNames[each.budgetId] ?? each.budgetId).join(', ');
  const price = () =>
    save.mutate(
      { prices, confirm: accepts, key: key.current },
      {
        onSuccess: (done) => {
          sayDone(`${counted(done.calls, 'call')} priced: ${formatMoney(done.deltaNanoUsd, { signed: true })} in what is charged.`);
          onClose();
        },
      },
    );
  const fault = save.error ?? preview.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      shape="sheet"
      title={`Price ${group.model}`}
      sub={`${counted(group.calls, 'call')} of ${group.provider} wait; they count as ${formatMoney(group.upperNanoUsd, { sign: 'at_least' })} until then.`}
      foot={
        <>
          {stops.length > 0 ? (
            <Checkbox label={`Yes, stop ${stopNames} with this.`} checked={accepts} onCheckedChange={setAccepts} />
          ) : null}
          <span className="flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            {outcome ? (
              <Button
                kind={stops.length > 0 ? 'danger' : 'primary'}
                busy={save.isPending}
                disabled={(stops.length > 0 && !accepts) || outcome.calls === 0}
                onClick={price}
              >
                Price {counted(outcome.calls, 'call')}
                {stops.length > 0 ? ` and stop ${stops.length === 1 ? stopNames : formatCount(stops.length)}` : ''}
              </Button>
            ) : (
              <Button kind="primary" busy={preview.isPending} onClick={tryOut}>
                See what it does
              </Button>
            )}
          </span>
        </>
      }
    >
      <UnitPriceFields units={group.units} typed={typed} onType={type} isTried={isTried} />
      <NearestHint
        nearest={nearest.data}
        isReading={nearest.isPending}
        units={group.units}
        onUse={(found) => {
          for (const unit of group.units) if (found.prices[unit] !== undefined) type(unit, dollarsOf(found.prices[unit]));
        }}
      />
      {fault ? (
        <ErrorState onRetry={tryOut} busy={preview.isPending} {...(fault.requestId ? { reference: fault.requestId } : {})}>
          {fault.detail}
        </ErrorState>
      ) : null}
      {outcome ? <PreviewTable outcome={outcome} budgetNames={budgetNames} group={group} /> : null}
    </Dialog>
  );
}
