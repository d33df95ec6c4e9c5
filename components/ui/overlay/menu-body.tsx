'use client';

import { Menu as Base } from '@base-ui/react/menu';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { cx } from '../class-names';
import { Icon, type IconName } from '../icon';
import { FLOATING } from './surface';

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

const ITEM =
  'flex min-h-7 cursor-default items-center gap-2 rounded-1 px-2 py-1 text-13 outline-none select-none data-disabled:text-ink-3 data-highlighted:bg-chosen';

/** What a Menu becomes when it is first opened; open from the start. */
export default function MenuBody({ trigger, items, head, align = 'end' }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} collisionPadding={8} className="z-50">
          <Base.Popup className={cx(FLOATING, 'min-w-44 max-w-80 p-1')}>
            {head ? <div className="mb-1 border-line border-b px-2 pt-1 pb-2 text-12 text-ink-2">{head}</div> : null}
            {items.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the items of one menu do not move, and lines have no name
              <Entry key={index} item={item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entry({ item }: { item: MenuItem }) {
  if (item.kind === 'line') return <Base.Separator className="my-1 h-px bg-line" />;
  const body = (
    <>
      {item.icon ? <Icon name={item.icon} /> : null}
      <span className="flex-1">{item.label}</span>
      {item.hint ? <span className="text-11 text-ink-3">{item.hint}</span> : null}
    </>
  );
  if (item.kind === 'link') {
    return (
      <Base.LinkItem className={ITEM} render={<Link href={item.href} />} closeOnClick>
        {body}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item className={cx(ITEM, item.danger && 'text-stop')} disabled={item.disabled} onClick={item.onSelect}>
      {body}
    </Base.Item>
  );
}
