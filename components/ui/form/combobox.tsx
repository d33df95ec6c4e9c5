'use client';

import { Combobox as Base } from '@base-ui/react/combobox';
import { cx } from '../class-names';
import { Icon } from '../icon';
import { FLOATING } from '../overlay/surface';
import { CHANGED, CONTROL } from './field';
import { OPTION, type Option } from './select';

type ComboboxProps = {
  options: Option[];
  value: string | null;
  onValueChange: (value: string | null) => void;
  placeholder?: string;
  /** Something must be chosen: it can be changed and not emptied. */
  required?: boolean;
  /** What stands in the list when nothing matches. */
  none?: string;
  changed?: boolean;
  disabled?: boolean;
  'aria-label'?: string;
  className?: string;
};

/** One of many, found by typing. Empty again by its cross, unless it is required; nothing but an option can be chosen. */
export function Combobox({
  options,
  value,
  onValueChange,
  placeholder = 'Search',
  none = 'Nothing matches.',
  changed = false,
  required = false,
  className,
  disabled,
  ...rest
}: ComboboxProps) {
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(next) => onValueChange(next?.value ?? null)}
      disabled={disabled}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <span className={cx('relative block min-w-0', className)}>
        <Base.Input {...rest} placeholder={placeholder} className={cx(CONTROL, 'pr-14', changed && CHANGED)} />
        <span className="absolute inset-y-0 right-1 flex items-center text-ink-3">
          {disabled || required ? null : (
            <Base.Clear aria-label="Clear" className="grid size-6 place-items-center rounded-1 hover:bg-hover">
              <Icon name="close" />
            </Base.Clear>
          )}
          <Base.Trigger aria-label="Show all" className="grid size-6 place-items-center rounded-1 hover:bg-hover">
            <Icon name="chevron_down" />
          </Base.Trigger>
        </span>
      </span>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup
            className={cx(FLOATING, 'max-h-[min(var(--available-height),320px)] w-[var(--anchor-width)] min-w-56 overflow-y-auto p-1')}
          >
            <Base.Empty className="px-2 py-1 text-12 text-ink-2 empty:hidden">{none}</Base.Empty>
            <Base.List>
              {(option: Option) => (
                <Base.Item key={option.value} value={option} disabled={option.disabled} className={OPTION}>
                  <Base.ItemIndicator className="col-start-1" render={<Icon name="tick" className="mt-0.5 text-accent-ink" />} />
                  <span className="col-start-2">{option.label}</span>
                  {option.hint ? <span className="col-start-2 text-12 text-ink-2">{option.hint}</span> : null}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
