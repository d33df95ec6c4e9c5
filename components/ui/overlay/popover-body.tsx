'use client';

import { Popover as Base } from '@base-ui/react/popover';
import { cx } from '../class-names';
import type { PopoverProps } from './popover';
import { FLOATING } from './surface';

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
