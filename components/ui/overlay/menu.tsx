'use client';

import { cloneElement } from 'react';
import type { MenuProps } from './menu-body';
import { useOnDemand } from './on-demand';

/** A list of acts opened by its trigger. Its code comes with the first one opened. */
export function Menu(props: MenuProps) {
  const [Body, ask] = useOnDemand(() => import('./menu-body'));
  return Body ? <Body {...props} /> : cloneElement(props.trigger, { onClick: ask, 'aria-haspopup': 'menu' });
}
