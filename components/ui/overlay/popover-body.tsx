'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from '../class-names';
import { FLOATING } from './surface';

export type PopoverProps = {
  /** One button, or with `nativeButton` false anything with the role of one. */
  trigger: ReactElement<{ onClick?: () => void; onKeyDown?: (event: { key: string }) => void; 'aria-haspopup'?: 'dialog' }>;
  /** Names the panel; said always, shown unless `hideTitle`. */
  title: string;
  hideTitle?: boolean;
  children: ReactNode;
  className?: string;
  align?: 'start' | 'center' | 'end';
  /** False when the trigger is not an HTML button (a shape in a picture). */
  nativeButton?: boolean;
};

/** What a Popover becomes when it is first opened; open from the start. */
export default function PopoverBody({
  trigger,
  title,
  hideTitle = false,
  children,
  className,
  align = 'start',
  nativeButton = true,
}: PopoverProps) {
  return (
    <Base.Root defaultOpen>
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
