'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { formatDayTime } from '@/lib/kernel/format-time';
import { IconButton } from '../ui/button';
import { cx } from '../ui/class-names';
import { Popover } from '../ui/overlay/popover';
import { Skeleton } from '../ui/states';

/** A notice as the bell shows one. */
export type BellItem = { id: string; kind: string; title: string; text: string; link: string; createdAt: string; readAt: string | null };

type BellProps = {
  /** Undefined while it is not known. */
  items: BellItem[] | undefined;
  unread: number;
  zone: string;
  seen(upTo: string): void;
  className?: string | undefined;
};

/** What needs the person who looks: a count that says itself, and the list behind it. */
export function Bell({ items, unread, zone, seen, className }: BellProps) {
  const label = unread === 0 ? 'Notices' : `Notices, ${unread} not seen`;
  return (
    <Popover
      title="Notices"
      align="end"
      className="w-96"
      trigger={<IconButton icon="bell" label={label} count={unread} className={className} />}
    >
      <BellList items={items} zone={zone} seen={seen} />
    </Popover>
  );
}

/** It is there only while it is open: being shown is being seen, and what was new when it opened stays marked until it is closed. */
function BellList({ items, zone, seen }: Pick<BellProps, 'items' | 'zone' | 'seen'>) {
  const [fresh] = useState(() => new Set(items?.filter(({ readAt }) => readAt === null).map(({ id }) => id)));
  const newest = items?.find(({ readAt }) => readAt === null)?.id;
  useEffect(() => {
    if (newest !== undefined) seen(newest);
  }, [newest, seen]);
  if (items === undefined)
    return (
      <div className="py-2">
        <Skeleton lines={4} />
      </div>
    );
  if (items.length === 0) return <p className="text-13 text-ink-2">Nothing needs you. What does will be here at once.</p>;
  return (
    <ul className="-mx-3 -mb-3 mt-2 border-line border-t">
      {items.map(({ id, title, text, link, createdAt }) => (
        <li key={id} className="border-line border-b last:border-b-0">
          <Link href={link} className="grid grid-cols-[8px_minmax(0,1fr)] gap-x-2 px-3 py-2.5 hover:bg-hover">
            <span aria-hidden="true" className={cx('mt-[7px] size-[7px] rounded-full', fresh.has(id) && 'keep-colour bg-accent')} />
            <span className="min-w-0">
              <b className="block break-words font-medium text-13">
                {fresh.has(id) ? <span className="sr-only">New: </span> : null}
                {title}
              </b>
              <span className="line-clamp-2 break-words text-12 text-ink-2">{text}</span>
              <time dateTime={createdAt} className="text-11 text-ink-3">
                {formatDayTime(createdAt, zone)}
              </time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
