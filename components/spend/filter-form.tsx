'use client';

import { useState } from 'react';
import { useSpend } from '@/lib/insight/client';
import type { Dimension } from '@/lib/insight/dimensions';
import { formatMoney } from '@/lib/kernel/format-money';
import { Field } from '../ui/form/field';
import { Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import { Checkbox } from '../ui/form/toggles';
import { ErrorState, Skeleton } from '../ui/states';
import { signOf } from './finding';
import { type Explored, spendQueryOf } from './view/question';
import { dimensionHead, dimensionName, valueName } from './view/words';

/** The most values that are listed; the search finds the others. */
const MOST_LISTED = 60;

type FilterFormProps = {
  asked: Explored;
  dimensions: Dimension[];
  /** The filter that is being changed; without it one is chosen. */
  fixed?: Dimension;
  onChange: (dimension: Dimension, values: string[]) => void;
};

/** The values of one dimension in the range, dearest first, each on or off at once. The other filters hold meanwhile. */
export function FilterForm({ asked, dimensions, fixed, onChange }: FilterFormProps) {
  const [chosen, choose] = useState<Dimension>(
    fixed ?? dimensions.find((each) => asked.where.every((other) => other.dimension !== each)) ?? 'model',
  );
  const [search, setSearch] = useState('');
  const others = asked.where.filter((each) => each.dimension !== chosen);
  const on = asked.where.find((each) => each.dimension === chosen)?.values ?? [];
  const { data, error, refetch, isFetching, isPlaceholderData } = useSpend(spendQueryOf(asked.range, others, [chosen]));
  const found = isPlaceholderData ? [] : (data?.groups ?? []);
  const listed = found.filter((group) =>
    valueName(chosen, group.key[chosen] ?? '')
      .toLowerCase()
      .includes(search.trim().toLowerCase()),
  );
  const missing = on.filter((value) => !found.some((group) => group.key[chosen] === value));
  const toggle = (value: string, isOn: boolean) => onChange(chosen, isOn ? [...on, value] : on.filter((each) => each !== value));
  return (
    <div className="grid gap-2">
      {fixed ? null : (
        <Field label="What" hideLabel>
          <Select options={dimensions.map((value) => ({ value, label: dimensionHead(value) }))} value={chosen} onValueChange={choose} />
        </Field>
      )}
      <Field label={`Search ${dimensionName(chosen)}`} hideLabel>
        <TextInput placeholder="Search" value={search} onValueChange={setSearch} />
      </Field>
      {error ? (
        <ErrorState onRetry={() => void refetch()} busy={isFetching}>
          {error.detail}
        </ErrorState>
      ) : null}
      {!error && (data === undefined || isPlaceholderData) ? <Skeleton lines={4} /> : null}
      <ul className="grid max-h-64 gap-1.5 overflow-y-auto">
        {missing.map((value) => (
          <li key={value}>
            <Checkbox
              label={valueName(chosen, value)}
              hint="nothing in this range"
              checked
              onCheckedChange={(next) => toggle(value, next)}
            />
          </li>
        ))}
        {listed.slice(0, MOST_LISTED).map((group) => {
          const value = group.key[chosen] ?? '';
          return (
            <li key={value} className="flex items-start gap-2">
              {value.includes(',') ? (
                <span className="min-w-0 flex-1 truncate text-ink-3">{value} (has a comma, cannot be asked for)</span>
              ) : (
                <Checkbox
                  className="min-w-0 flex-1 break-words"
                  label={valueName(chosen, value)}
                  checked={on.includes(value)}
                  onCheckedChange={(next) => toggle(value, next)}
                />
              )}
              <span className="text-12 text-ink-2 tabular-nums">
                {formatMoney(group.actualNanoUsd, { style: 'tile', sign: signOf(group) })}
              </span>
            </li>
          );
        })}
      </ul>
      {listed.length > MOST_LISTED ? <p className="text-12 text-ink-2">{listed.length - MOST_LISTED} more: search for them.</p> : null}
      {data && !isPlaceholderData && listed.length + missing.length === 0 ? (
        <p className="text-12 text-ink-2">Nothing here has that.</p>
      ) : null}
    </div>
  );
}
