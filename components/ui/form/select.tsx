'use client';

import { Select as Base } from '@base-ui/react/select';
import { cx } from '../class-names';
import { Icon } from '../icon';
import { FLOATING } from '../overlay/surface';
import { CHANGED, CONTROL } from './field';

export type Option<Value extends string = string> = { value: Value; label: string; hint?: string; disabled?: boolean };

type SelectProps<Value extends string> = {
  options: Option<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  placeholder?: string;
  changed?: boolean;
  disabled?: boolean;
  name?: string;
  /** Needed outside a Field. */
  'aria-label'?: string;
  className?: string;
};

/** One of a few fixed options; for many, or ones that are searched, use Combobox. */
export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  placeholder = 'Choose',
  changed = false,
  className,
  disabled,
  name,
  ...rest
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      disabled={disabled}
      name={name}
      modal={false}
    >
      <Base.Trigger {...rest} className={cx(CONTROL, 'flex items-center justify-between gap-2 text-left', changed && CHANGED, className)}>
        <Base.Value placeholder={placeholder} className="min-w-0 truncate data-placeholder:text-ink-3" />
        <Base.Icon render={<Icon name="chevron_down" className="text-ink-3" />} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner alignItemWithTrigger={false} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup
            className={cx(
              FLOATING,
              'max-h-[min(var(--available-height),320px)] min-w-[var(--anchor-width)] max-w-[calc(100vw-16px)] overflow-y-auto p-1',
            )}
          >
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} disabled={option.disabled} className={OPTION}>
                <Base.ItemIndicator className="col-start-1" render={<Icon name="tick" className="mt-0.5 text-accent-ink" />} />
                <Base.ItemText className="col-start-2">{option.label}</Base.ItemText>
                {option.hint ? <span className="col-start-2 text-12 text-ink-2">{option.hint}</span> : null}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export const OPTION =
  'grid cursor-default grid-cols-[16px_minmax(0,1fr)] gap-x-2 rounded-1 px-2 py-1 text-13 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-chosen [@media(pointer:coarse)]:py-3';
