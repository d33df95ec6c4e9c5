'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from '../class-names';

export const FLOATING = 'float-in rounded-3 border border-line-strong bg-raised text-13 text-ink shadow-float outline-none';

/** A small floating panel opened by its trigger (`trigger` is one button). `title` names it; give it always, show it or not with `hideTitle`. */
export function Popover({ trigger, title, hideTitle = false, children, className, align = 'start', nativeButton = true }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} nativeButton={nativeButton} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} collisionPadding={8} className="z-50">
          <Base.Popup
            className={cx(FLOATING, 'max-h-[var(--available-height)] w-80 max-w-[calc(100vw-16px)] overflow-y-auto p-3', className)}
          >
            <Base.Title className={hideTitle ? 'sr-only' : 'mb-1 font-semibold text-13'}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type PopoverProps = {
  trigger: ReactElement;
  title: string;
  hideTitle?: boolean;
  children: ReactNode;
  className?: string;
  align?: 'start' | 'center' | 'end';
  /** False when the trigger is not an HTML button (a shape in a picture). */
  nativeButton?: boolean;
};
