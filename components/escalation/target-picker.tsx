'use client';

import type { ReactNode } from 'react';
import { Combobox } from '../ui/form/combobox';
import { FieldGroup } from '../ui/form/field';
import { Icon } from '../ui/icon';
import type { Target } from './words';

type TargetPickerProps = {
  label: ReactNode;
  /** Where they are told, as the end of a sentence: "in step 2". */
  where: string;
  hint?: ReactNode;
  targets: Target[];
  value: string[];
  error: string | undefined;
  readOnly?: boolean;
  onValueChange: (value: string[]) => void;
};

/** People, duties and channels that are told: those chosen as chips, the others found by typing. */
export function TargetPicker({ label, where, hint, targets, value, error, readOnly = false, onValueChange }: TargetPickerProps) {
  const left = targets.filter((each) => !value.includes(each.value));
  return (
    <FieldGroup label={label} error={error} hint={hint}>
      <ul className="flex flex-wrap gap-1.5 empty:hidden">
        {value.map((target) => {
          const name = targets.find((each) => each.value === target)?.label ?? target;
          return (
            <li key={target} className="inline-flex items-center gap-1 rounded-2 border border-line bg-sunken py-0.5 pr-0.5 pl-2 text-12">
              {name}
              {readOnly ? (
                <span className="pr-1.5" />
              ) : (
                <button
                  type="button"
                  aria-label={`Do not tell ${name} ${where}`}
                  className="grid size-6 place-items-center rounded-1 text-ink-2 hover:bg-hover"
                  onClick={() => onValueChange(value.filter((each) => each !== target))}
                >
                  <Icon name="close" className="size-3" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {readOnly ? null : (
        <Combobox
          aria-label={`Tell also, ${where}`}
          options={left}
          value={null}
          onValueChange={(target) => target !== null && onValueChange([...value, target])}
          placeholder="Tell also…"
        />
      )}
    </FieldGroup>
  );
}
