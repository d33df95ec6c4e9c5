'use client';

import { Field } from '@base-ui/react/field';
import type { ComponentProps } from 'react';
import { cx } from '../class-names';
import { CHANGED, CONTROL } from './field';

type Extra = { onValueChange?: (value: string) => void; changed?: boolean };

/** A line of text. Inside a Field it takes its label, hint and error from there; on its own give `aria-label`. */
export function TextInput({
  className,
  onValueChange,
  changed = false,
  ...rest
}: Omit<ComponentProps<typeof Field.Control>, 'className' | 'onValueChange'> & Extra & { className?: string }) {
  return (
    <Field.Control
      {...rest}
      onValueChange={(value) => onValueChange?.(value)}
      className={cx(CONTROL, 'read-only:bg-sunken read-only:text-ink-2', changed && CHANGED, className)}
    />
  );
}

/** Several lines of text: reasons, notes. */
export function TextArea({
  className,
  onValueChange,
  changed = false,
  rows = 2,
  ...rest
}: Omit<ComponentProps<typeof Field.Control>, 'className' | 'onValueChange' | 'render'> & Extra & { className?: string; rows?: number }) {
  return (
    <Field.Control
      {...rest}
      render={<textarea rows={rows} />}
      onValueChange={(value) => onValueChange?.(value)}
      className={cx(CONTROL, 'h-auto min-h-16 py-1.5', changed && CHANGED, className)}
    />
  );
}
