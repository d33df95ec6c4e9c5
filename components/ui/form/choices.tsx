'use client';

import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import { cx } from '../class-names';

export type Choice<Value extends string> = { value: Value; label: ReactNode; disabled?: boolean };

type OneProps<Value extends string> = {
  label: string;
  choices: Choice<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  className?: string;
};

/** Two to five views of the same thing, one always on (day / week / month). */
export function Segmented<Value extends string>({ label, choices, value, onValueChange, className }: OneProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next && onValueChange(next as Value)}
      className={cx('inline-flex max-w-full overflow-x-auto rounded-2 border border-line-strong bg-surface', className)}
    >
      {choices.map((choice) => (
        <Toggle
          key={choice.value}
          value={choice.value}
          disabled={choice.disabled}
          className="inline-flex h-[calc(var(--control-small)-2px)] flex-none items-center gap-1.5 border-line border-l px-2.5 text-12 text-ink-2 outline-offset-[-2px] first:border-l-0 disabled:text-ink-3 data-pressed:bg-accent-tint data-pressed:font-semibold data-pressed:text-accent-ink forced-colors:data-pressed:underline"
        >
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}

const CHIP =
  'inline-flex h-control-small flex-none items-center gap-1 rounded-full border border-line-strong bg-surface px-2.5 text-12 whitespace-nowrap text-ink-2 hover:bg-hover disabled:text-ink-3 data-pressed:border-accent data-pressed:bg-accent-tint data-pressed:font-semibold data-pressed:text-accent-ink forced-colors:data-pressed:underline';

type ChipsProps<Value extends string> = {
  label: string;
  choices: Choice<Value>[];
  value: Value[];
  onValueChange: (value: Value[]) => void;
  /** Only one at a time (a reason, an expiry); pressing it again takes it off. */
  single?: boolean;
};

/** Loose choices in a row: filters, reasons, lengths of time. */
export function Chips<Value extends string>({ label, choices, value, onValueChange, single = false }: ChipsProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      multiple={!single}
      value={value}
      onValueChange={(next) => onValueChange(next as Value[])}
      className="flex flex-wrap gap-1.5"
    >
      {choices.map((choice) => (
        <Toggle key={choice.value} value={choice.value} disabled={choice.disabled} className={CHIP}>
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
