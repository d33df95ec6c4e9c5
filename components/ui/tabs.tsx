'use client';

import { Tabs as Base } from '@base-ui/react/tabs';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cx } from './class-names';

const LIST = 'flex gap-0.5 overflow-x-auto border-line border-b px-1.5 [scrollbar-width:none]';
const IN_ROWS = 'max-sm:flex-wrap max-sm:gap-0 max-sm:[&>a]:px-2';
const TAB =
  'inline-flex flex-none items-baseline gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 pt-[9px] pb-2 text-13 text-ink-2 outline-offset-[-2px] hover:text-ink aria-selected:border-accent aria-selected:font-semibold aria-selected:text-ink aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink';

export type TabLink = { key: string; label: ReactNode; note?: ReactNode; href: string };

type TabLinksProps = {
  /** Names the row. */
  label: string;
  tabs: TabLink[];
  current: string;
  /** For few and fixed places: on a phone they stand in as many rows as they need, so that none is out of sight. */
  inRows?: boolean;
  className?: string;
};

/** Tabs that are links, for what has an address of its own: back works and a link shows the other person the same. */
export function TabLinks({ label, tabs, current, inRows = false, className }: TabLinksProps) {
  return (
    <nav aria-label={label} className={cx(LIST, inRows && IN_ROWS, className)}>
      {tabs.map((tab) => (
        <Link key={tab.key} href={tab.href} scroll={false} aria-current={tab.key === current ? 'page' : undefined} className={TAB}>
          {tab.label}
          {tab.note ? <small className="font-normal text-12 text-ink-3">{tab.note}</small> : null}
        </Link>
      ))}
    </nav>
  );
}

export type Tab = { key: string; label: ReactNode; note?: ReactNode; panel: ReactNode };

/** Tabs over panels in one place. Hold `value` in the URL (nuqs) so that it can be shared. */
export function Tabs({
  label,
  tabs,
  value,
  onValueChange,
}: {
  label: string;
  tabs: Tab[];
  value: string;
  onValueChange: (key: string) => void;
}) {
  return (
    <Base.Root value={value} onValueChange={(next) => onValueChange(String(next))}>
      <Base.List aria-label={label} className={LIST}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.key} value={tab.key} className={TAB}>
            {tab.label}
            {tab.note ? <small className="font-normal text-12 text-ink-3">{tab.note}</small> : null}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.key} value={tab.key}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
