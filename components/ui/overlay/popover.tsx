'use client';

import { cloneElement } from 'react';
import { useOnDemand } from './on-demand';
import type { PopoverProps } from './popover-body';

/** A small floating panel opened by its trigger. Its code comes with the first one opened. */
export function Popover(props: PopoverProps) {
  const [Body, ask] = useOnDemand(() => import('./popover-body'));
  if (Body) return <Body {...props} />;
  const byKey = (event: { key: string }) => (event.key === 'Enter' || event.key === ' ') && ask();
  return cloneElement(props.trigger, {
    onClick: ask,
    'aria-haspopup': 'dialog',
    ...(props.nativeButton === false ? { onKeyDown: byKey } : {}),
  });
}
