'use client';

import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';
import { Icon, type IconName } from './icon';

export type ButtonKind = 'plain' | 'primary' | 'danger' | 'text';

const SHAPE =
  'inline-flex flex-none items-center justify-center gap-1.5 rounded-2 border font-medium whitespace-nowrap transition-colors aria-disabled:cursor-not-allowed disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-3';

const KINDS: Record<ButtonKind, string> = {
  plain: 'border-line-strong bg-surface text-ink enabled:hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent enabled:hover:bg-accent-strong',
  danger: 'border-transparent bg-stop text-on-stop enabled:hover:opacity-90',
  text: 'border-transparent text-accent-ink enabled:hover:bg-hover disabled:border-transparent disabled:bg-transparent',
};

type Look = { kind?: ButtonKind; small?: boolean; icon?: IconName; children?: ReactNode };

const look = (kind: ButtonKind, small: boolean, className: string | undefined) =>
  cx(SHAPE, KINDS[kind], small ? 'h-control-small px-2.5 text-12' : 'h-control px-3 text-13', kind === 'text' && 'px-1.5', className);

/**
 * A button. Dangerous ones name the act and its length ("Switch off for 2 h"), never "OK". While `busy` it keeps its width, cannot be pressed again and
 * says so to screen readers.
 */
export function Button({
  kind = 'plain',
  small = false,
  icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ComponentProps<'button'> & Look & { busy?: boolean }) {
  return (
    <button type="button" {...rest} disabled={disabled || busy} aria-busy={busy || undefined} className={look(kind, small, className)}>
      {icon ? <Icon name={icon} /> : null}
      {children}
      {busy ? <span className="sr-only">, working</span> : null}
    </button>
  );
}

/** A link that looks like a button: for going somewhere. */
export function ButtonLink({ kind = 'plain', small = false, icon, className, children, ...rest }: ComponentProps<typeof Link> & Look) {
  const hover = kind === 'primary' ? 'hover:bg-accent-strong' : kind === 'danger' ? 'hover:opacity-90' : 'hover:bg-hover';
  return (
    <Link {...rest} className={look(kind, small, cx(hover, className))}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </Link>
  );
}

type IconButtonProps = ComponentProps<'button'> & {
  icon: IconName;
  /** Its name for screen readers, and its tooltip. */
  label: string;
  /** A small badge; say the count in the label too. */
  count?: number;
};

/** A square button with an icon. */
export function IconButton({ icon, label, count = 0, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        'relative inline-grid size-control-small flex-none place-items-center rounded-2 text-ink-2 transition-colors hover:bg-hover disabled:text-ink-3',
        className,
      )}
    >
      <Icon name={icon} />
      {count > 0 ? (
        <span
          aria-hidden="true"
          className="absolute -top-px -right-0.5 h-3.5 min-w-3.5 rounded-full bg-stop px-[3px] text-center font-semibold text-[10px] text-on-stop leading-[14px]"
        >
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </button>
  );
}
