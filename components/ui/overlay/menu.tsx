'use client';

import { cloneElement, type ReactElement, type ReactNode } from 'react';
import type { IconName } from '../icon';
import { useOnDemand } from './on-demand';

export type MenuItem =
  | { kind?: 'action'; label: string; icon?: IconName; hint?: string; danger?: boolean; disabled?: boolean; onSelect: () => void }
  | { kind: 'link'; label: string; icon?: IconName; hint?: string; href: string }
  | { kind: 'line' };

export type MenuProps = {
  /** One button. */
  trigger: ReactElement<{ onClick?: () => void; 'aria-haspopup'?: 'menu' }>;
  items: MenuItem[];
  /** Stands above the items, for a name or a state; not an item. */
  head?: ReactNode;
  align?: 'start' | 'end';
};

/** A list of acts opened by its trigger. Its code comes with the first one opened. */
export function Menu(props: MenuProps) {
  const [Body, ask] = useOnDemand(() => import('./menu-body'));
  return Body ? <Body {...props} /> : cloneElement(props.trigger, { onClick: ask, 'aria-haspopup': 'menu' });
}
