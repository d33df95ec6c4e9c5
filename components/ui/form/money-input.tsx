'use client';

import { cx } from '../class-names';
import { TextInput } from './text-input';

/** What a person may type on the way to an amount: digits, at most one point, at most `decimals` places. */
const typed = (decimals: number) => new RegExp(`^\\d{0,12}(\\.\\d{0,${decimals}})?$`);

type MoneyInputProps = {
  /** A decimal string, as the API takes amounts ("1500.00"); '' while empty. */
  value: string;
  onValueChange: (value: string) => void;
  /** Three letters; shown at the right. The dollar sign stands at the left for USD only. */
  currency?: string;
  decimals?: number;
  changed?: boolean;
  disabled?: boolean;
  required?: boolean;
  placeholder?: string;
  'aria-label'?: string;
  className?: string;
};

/** An amount of money as text: no spin buttons, no float. Thousands commas and spaces are dropped as they are typed or pasted; other letters are refused. */
export function MoneyInput({ value, onValueChange, currency = 'USD', decimals = 2, className, ...rest }: MoneyInputProps) {
  const accept = (text: string) => {
    const bare = text.replace(/[\s,$\u00a0\u202f]/g, '');
    if (typed(decimals).test(bare)) onValueChange(bare);
  };
  return (
    <span className={cx('relative block min-w-0', className)}>
      {currency === 'USD' ? (
        <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-ink-3">
          $
        </span>
      ) : null}
      <TextInput
        {...rest}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        onValueChange={accept}
        className={cx('pr-12', currency === 'USD' && 'pl-6')}
      />
      <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center text-11 text-ink-3">
        {currency}
      </span>
    </span>
  );
}
