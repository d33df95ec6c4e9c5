'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { type ReactNode, useId } from 'react';
import { cx } from '../class-names';

export type Card<Value extends string> = { value: Value; label: ReactNode; text?: ReactNode; disabled?: boolean };

type RadioCardsProps<Value extends string> = {
  /** Names the question for screen readers. */
  label: string;
  cards: Card<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  name?: string;
  disabled?: boolean;
  /** Side by side where there is room (a first choice); one under the other otherwise (a form). */
  columns?: boolean;
};

/** A choice where every option needs a sentence. */
export function RadioCards<Value extends string>({
  label,
  cards,
  value,
  onValueChange,
  name,
  disabled,
  columns = false,
}: RadioCardsProps<Value>) {
  const id = useId();
  return (
    <RadioGroup
      aria-label={label}
      name={name}
      disabled={disabled}
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className={cx('grid gap-2', columns && 'sm:auto-cols-fr sm:grid-flow-col')}
    >
      {cards.map((card) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: Radio.Root renders the input inside
        <label
          key={card.value}
          className={cx(
            'grid grid-cols-[16px_minmax(0,1fr)] content-start gap-x-2.5 rounded-2 border border-line-strong bg-surface px-3 py-2.5 has-data-checked:border-accent has-data-checked:bg-accent-tint',
            card.disabled && 'bg-sunken text-ink-3',
          )}
        >
          <Radio.Root
            value={card.value}
            disabled={card.disabled}
            aria-labelledby={`${id}-${card.value}`}
            className="mt-0.5 grid size-4 place-items-center rounded-full border border-control-line bg-surface data-checked:border-[5px] data-checked:border-accent"
          />
          <span id={`${id}-${card.value}`} className="min-w-0">
            <span className="font-medium">{card.label}</span>
            {card.text ? <span className="block text-12 text-ink-2">{card.text}</span> : null}
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
