'use client';

import { Field as Base } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { cx } from '../class-names';
import { Icon } from '../icon';

export type FieldProps = {
  label: ReactNode;
  /** What to enter and why; stays while typing. */
  hint?: ReactNode;
  /** The sentence that says what to do about a fault: the `detail` of the API's `errors[]`, or the form's own. */
  error?: string | undefined;
  name?: string;
  optional?: boolean;
  disabled?: boolean;
  /** For rows whose head names the column already: the label is said, not shown. */
  hideLabel?: boolean;
  className?: string;
};

/** The look of anything one types into or chooses from. `changed` marks a value that differs from what is saved. */
export const CONTROL =
  'h-control w-full min-w-0 rounded-2 border border-control-line bg-surface px-2.5 text-13 text-ink placeholder:text-ink-3 outline-offset-[-1px] data-disabled:border-line data-disabled:bg-sunken data-disabled:text-ink-3 data-invalid:border-stop';
export const CHANGED = 'border-accent shadow-[inset_0_0_0_1px_var(--accent)]';

/**
 * Label, control, hint and error, wired for screen readers: label for the control, hint and error as its description, `aria-invalid` where there is an error.
 * `children` is one control of this folder (text input, money input, select, combobox).
 */
export function Field({
  label,
  hint,
  error,
  name,
  optional = false,
  disabled = false,
  hideLabel = false,
  className,
  children,
}: FieldProps & { children: ReactNode }) {
  return (
    <Base.Root name={name} disabled={disabled} invalid={Boolean(error)} className={cx('grid min-w-0 content-start gap-1', className)}>
      <Base.Label className={hideLabel ? 'sr-only' : 'flex gap-2 font-medium text-12 text-ink-2'}>
        {label}
        {optional ? <span className="font-normal text-ink-3">optional</span> : null}
      </Base.Label>
      {children}
      {hint ? <Base.Description className="text-12 text-ink-2">{hint}</Base.Description> : null}
      <Base.Error match={Boolean(error)} className="flex gap-1 text-12 text-stop">
        <Icon name="warn" className="mt-px size-3.5" />
        <span>{error}</span>
      </Base.Error>
    </Base.Root>
  );
}

/** Several controls under one question; `error` and `hint` belong to all of them. */
export function FieldGroup({
  label,
  hint,
  error,
  aside,
  children,
}: Pick<FieldProps, 'label' | 'hint' | 'error'> & { aside?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 flex w-full font-medium text-12 text-ink-2">
        {label}
        {aside ? <span className="ml-auto font-normal text-ink-3">{aside}</span> : null}
      </legend>
      {children}
      {hint ? <p className="text-12 text-ink-2">{hint}</p> : null}
      {error ? (
        <p role="alert" className="flex gap-1 text-12 text-stop">
          <Icon name="warn" className="mt-px size-3.5" />
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
