'use client';

import { cloneElement, type ReactElement, type ReactNode } from 'react';
import { useOnDemand } from './on-demand';

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
