'use client';

import { Field } from '../../ui/form/field';
import { Select } from '../../ui/form/select';
import { TextInput } from '../../ui/form/text-input';
import type { Row } from './draft';

type AheadFieldProps = {
  row: Row;
  errorAt: (end: string) => string | undefined;
  changed: boolean;
  readOnly: boolean;
  onChange: (part: Partial<Row>) => void;
};

/** What a burn rate or a forecast looks at, in the place of a level: a share within a part of the period, or how many days ahead. */
export function AheadField({ row, errorAt, changed, readOnly, onChange }: AheadFieldProps) {
  if (row.burn)
    return (
      <Field label="Burn rate" hideLabel error={errorAt('/burn') ?? errorAt('/at') ?? errorAt('')}>
        <Select
          value={row.percent}
          disabled={readOnly}
          changed={changed}
          onValueChange={(percent) => onChange({ percent })}
          options={[
            { value: '2', label: '2 % fast', hint: 'within 1/720 of the period: an hour of a month' },
            { value: '5', label: '5 % slow', hint: 'within 1/120 of the period: six hours of a month' },
            ...(['2', '5'].includes(row.percent) ? [] : [{ value: row.percent, label: `${row.percent} %` }]),
          ]}
        />
      </Field>
    );
  return (
    <Field label="Days ahead" hideLabel error={errorAt('/withinDays') ?? errorAt('')}>
      <span className="relative block">
        <TextInput
          inputMode="numeric"
          autoComplete="off"
          value={row.withinDays === 0 ? '' : String(row.withinDays)}
          disabled={readOnly}
          changed={changed}
          onValueChange={(text) => /^\d{0,3}$/.test(text) && onChange({ withinDays: Number(text) })}
          className="pr-12"
        />
        <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center text-12 text-ink-3">
          days
        </span>
      </span>
    </Field>
  );
}
