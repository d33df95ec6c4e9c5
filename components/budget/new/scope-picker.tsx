'use client';

import { useId } from 'react';
import type { KnownValues } from '@/lib/budget/read/known-values';
import { SCOPE_FIELDS, type ScopeField } from '@/lib/budget/scope';
import { capital } from '../../spend/view/words';
import { Button, IconButton } from '../../ui/button';
import { Field, FieldGroup } from '../../ui/form/field';
import { Select } from '../../ui/form/select';
import { TextInput } from '../../ui/form/text-input';
import { fieldWord } from '../words';
import { type Condition, coversSentence } from './draft';

type ScopePickerProps = {
  conditions: Condition[];
  known: KnownValues;
  errorAt: (pointer: string) => string | undefined;
  onChange: (conditions: Condition[]) => void;
  /** What the conditions come to, in a sentence. */
  says?: (conditions: Condition[]) => string;
};

const FIELDS = [...SCOPE_FIELDS, 'tag'];

/** The calls a budget covers: one condition a row, all of them must hold; values that were seen are offered, others may be typed. */
export function ScopePicker({ conditions, known, errorAt, onChange, says = coversSentence }: ScopePickerProps) {
  const free = FIELDS.filter((field) => field === 'tag' || !conditions.some((each) => each.field === field));
  const change = (key: number, part: Partial<Condition>) =>
    onChange(conditions.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const add = () => {
    const key = Math.max(0, ...conditions.map((each) => each.key)) + 1;
    onChange([...conditions, { key, field: free[0] ?? 'tag', tag: '', value: '' }]);
  };
  return (
    <FieldGroup label="Which calls" hint={says(conditions)}>
      {conditions.map((condition) => (
        <ConditionRow
          key={condition.key}
          condition={condition}
          fields={[condition.field, ...free.filter((field) => field !== condition.field)]}
          known={known}
          error={errorAt(condition.field === 'tag' ? `/scope/tags/${condition.tag}` : `/scope/${condition.field}`)}
          onChange={(part) => change(condition.key, part)}
          onRemove={() => onChange(conditions.filter((each) => each.key !== condition.key))}
        />
      ))}
      <Button small icon="plus" onClick={add} className="justify-self-start">
        {conditions.length === 0 ? 'Only some calls' : 'Add a condition'}
      </Button>
    </FieldGroup>
  );
}

type ConditionRowProps = {
  condition: Condition;
  fields: string[];
  known: KnownValues;
  error: string | undefined;
  onChange: (part: Partial<Condition>) => void;
  onRemove: () => void;
};

function ConditionRow({ condition, fields, known, error, onChange, onRemove }: ConditionRowProps) {
  const [values, tagNames] = [useId(), useId()];
  const { field, tag, value } = condition;
  const offered = field === 'tag' ? (known.tags[tag] ?? []) : known.fields[field as ScopeField];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_28px] items-start gap-2 sm:grid-cols-[152px_minmax(0,1fr)_28px]">
      <Select
        aria-label="Dimension"
        value={field}
        options={fields.map((each) => ({ value: each, label: capital(fieldWord(each)) }))}
        onValueChange={(next) => onChange({ field: next, value: '', tag: '' })}
      />
      <div className="flex min-w-0 gap-2 max-sm:order-3 max-sm:col-span-2">
        {field === 'tag' ? (
          <Field label="Name of the tag" hideLabel className="w-32 flex-none">
            <TextInput
              value={tag}
              list={tagNames}
              placeholder="name"
              autoComplete="off"
              onValueChange={(text) => onChange({ tag: text })}
            />
          </Field>
        ) : null}
        <Field label={`Value of ${fieldWord(field)}`} hideLabel error={error} className="flex-1">
          <TextInput
            value={value}
            list={values}
            placeholder={offered[0] ?? 'value'}
            autoComplete="off"
            onValueChange={(text) => onChange({ value: text })}
          />
        </Field>
      </div>
      <IconButton icon="close" label={`Remove ${fieldWord(field)}`} onClick={onRemove} />
      <datalist id={values}>
        {offered.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <datalist id={tagNames}>
        {Object.keys(known.tags).map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </div>
  );
}
