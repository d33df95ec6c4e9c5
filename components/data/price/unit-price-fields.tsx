'use client';

import { Field } from '../../ui/form/field';
import { MoneyInput } from '../../ui/form/money-input';
import { nanoOf } from './dollars';

/** A unit kind in words: what one of a million of it is. */
export const unitName = (unit: string): string =>
  unit.startsWith('tool_call:')
    ? `calls of the tool ${unit.slice('tool_call:'.length)}`
    : unit === 'request'
      ? 'requests'
      : `${unit.replaceAll('_', ' ')} tokens`;

type UnitPriceFieldsProps = {
  units: string[];
  typed: Record<string, string>;
  onType: (unit: string, dollars: string) => void;
  isTried: boolean;
};

/** A field for each kind that the waiting calls used; 0 is a price, empty is not. */
export function UnitPriceFields({ units, typed, onType, isTried }: UnitPriceFieldsProps) {
  return (
    <div className="grid gap-3">
      {units.map((unit) => {
        const value = typed[unit] ?? '';
        return (
          <Field
            key={unit}
            label={`A million ${unitName(unit)}`}
            error={isTried && nanoOf(value) === null ? 'Enter dollars for a million of them; 0 where they are free.' : undefined}
          >
            <MoneyInput value={value} onValueChange={(dollars) => onType(unit, dollars)} decimals={9} placeholder="0.00" />
          </Field>
        );
      })}
      <p className="text-12 text-ink-2">
        They hold from the first waiting call on, at any size of request. What was priced before stays as it is.
      </p>
    </div>
  );
}
