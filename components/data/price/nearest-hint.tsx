'use client';

import { formatMoney } from '@/lib/kernel/format-money';
import type { CatalogueModel } from '@/lib/price/nearest';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { unitName } from './unit-price-fields';

type NearestHintProps = {
  nearest: CatalogueModel | null | undefined;
  isReading: boolean;
  units: string[];
  onUse: (found: CatalogueModel) => void;
};

/** What the catalogue has under the most similar name. It is another model's price, and says so. */
export function NearestHint({ nearest, isReading, units, onUse }: NearestHintProps) {
  if (isReading) return <p className="text-12 text-ink-3">Looking for a similar name in the catalogue…</p>;
  const known = nearest ? units.filter((unit) => nearest.prices[unit] !== undefined) : [];
  if (!nearest || known.length === 0) {
    return <p className="text-12 text-ink-2">The catalogue has no similar name to compare with. Look at your provider's price list.</p>;
  }
  return (
    <div className="grid gap-1.5 rounded-2 border border-line bg-sunken px-3 py-2 text-12">
      <p className="flex gap-1.5">
        <Icon name="info" className="mt-px size-3.5 text-ink-3" />
        <span>
          Only a hint: the most similar name in the catalogue is <b>{nearest.model}</b> of {nearest.provider}. Another model may cost
          something else.
        </span>
      </p>
      <ul className="grid gap-0.5 pl-5 text-ink-2">
        {known.map((unit) => (
          <li key={unit} className="flex justify-between gap-3">
            <span>A million {unitName(unit)}</span>
            <span className="text-ink">{formatMoney(nearest.prices[unit] ?? '0', { style: 'exact' })}</span>
          </li>
        ))}
      </ul>
      <span className="pl-5">
        <Button small onClick={() => onUse(nearest)}>
          Start from these
        </Button>
      </span>
    </div>
  );
}
