'use client';

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';
import { cx } from '../class-names';
import { Icon } from '../icon';

type ToggleProps = {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  name?: string;
  /** The label is said, not shown. */
  hideLabel?: boolean;
  className?: string;
};

/** A yes or no that is saved with its form. */
export function Checkbox({ label, hint, checked, onCheckedChange, disabled, name, hideLabel = false, className }: ToggleProps) {
  const id = useId();
  return (
    <span className={cx('grid grid-cols-[16px_minmax(0,1fr)] gap-x-2 [@media(pointer:coarse)]:py-2.5', className)}>
      <BaseCheckbox.Root
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        name={name}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onCheckedChange(next)}
        className="mt-0.5 grid size-4 place-items-center rounded-1 border border-control-line bg-surface text-on-accent data-disabled:bg-sunken data-checked:border-accent data-checked:bg-accent"
      >
        <BaseCheckbox.Indicator render={<Icon name="tick" className="size-3.5" />} />
      </BaseCheckbox.Root>
      <Words id={id} label={label} hint={hint} hideLabel={hideLabel} onPress={disabled ? undefined : () => onCheckedChange(!checked)} />
    </span>
  );
}

/** An on or off; the label says what is so when it is on ("Someone must answer"). */
export function Switch({ label, hint, checked, onCheckedChange, disabled, name, hideLabel = false, className }: ToggleProps) {
  const id = useId();
  return (
    <span className={cx('grid grid-cols-[32px_minmax(0,1fr)] gap-x-2 [@media(pointer:coarse)]:py-2.5', className)}>
      <BaseSwitch.Root
        aria-labelledby={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        name={name}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onCheckedChange(next)}
        className="keep-colour relative h-5 w-8 rounded-full bg-control-line transition-colors data-checked:bg-accent data-disabled:opacity-50"
      >
        <BaseSwitch.Thumb className="absolute top-0.5 left-0.5 size-4 rounded-full bg-surface transition-transform data-checked:translate-x-3" />
      </BaseSwitch.Root>
      <Words id={id} label={label} hint={hint} hideLabel={hideLabel} onPress={disabled ? undefined : () => onCheckedChange(!checked)} />
    </span>
  );
}

/** The words beside a control: a press on them is a press on it; keyboard and screen reader use the control itself. */
function Words({
  id,
  label,
  hint,
  hideLabel,
  onPress,
}: {
  id: string;
  label: ReactNode;
  hint: ReactNode;
  hideLabel: boolean;
  onPress: (() => void) | undefined;
}) {
  return (
    <span className={hideLabel ? 'sr-only' : 'min-w-0 cursor-default'}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the pointer, the control beside it is operable */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <span id={id} onClick={onPress}>
        {label}
      </span>
      {hint ? (
        <span id={`${id}-hint`} className="block text-12 text-ink-2">
          {hint}
        </span>
      ) : null}
    </span>
  );
}
