'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useCallback, useState } from 'react';
import { IconButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { Dialog } from '../ui/overlay/dialog';
import { Freshness, type FreshnessState } from '../ui/time';
import { Brand } from './brand';
import type { CommandItem } from './command-palette';
import { Navigation } from './navigation';
import { SampleMark } from './sample-mark';
import { useIsApple, useShortcuts } from './shortcuts';
import { ThemeSwitch } from './theme-switch';
import { type Person, type SignOut, UserMenu } from './user-menu';

const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog'), { ssr: false });
const CommandPalette = dynamic(() => import('./command-palette'), { ssr: false });

type AppShellProps = {
  organisation: string;
  person: Person;
  freshness: FreshnessState;
  signOut: SignOut;
  /** What ⌘K finds besides the places: budgets, workloads, acts. */
  commands?: CommandItem[];
  /** What needs the person who looks; made twice, for wide and for narrow screens. */
  bell?: (place: 'wide' | 'narrow') => ReactNode;
  /** Marks the sample organisation over every page. */
  sample?: boolean;
  leaveSampleHref?: string;
  children: ReactNode;
};

/** The frame of every signed-in page: places at the left, from 860 px down a bar with a menu; skip link, commands, shortcuts, theme. */
export function AppShell({
  organisation,
  person,
  freshness,
  signOut,
  commands = [],
  bell,
  sample = false,
  leaveSampleHref,
  children,
}: AppShellProps) {
  // Null until first asked for; then kept, so that closing gives the focus back.
  const [palette, setPalette] = useState<boolean | null>(null);
  const [help, setHelp] = useState<boolean | null>(null);
  const [menu, setMenu] = useState(false);
  const isApple = useIsApple();
  const [singleKeys, setSingleKeys] = useShortcuts({
    onCommands: useCallback(() => setPalette(true), []),
    onHelp: useCallback(() => setHelp(true), []),
  });
  const foot = (
    <div className="mt-auto flex items-center gap-1 text-ink-3">
      <UserMenu person={person} organisation={organisation} signOut={signOut} />
      <IconButton icon="help" label="Shortcuts (?)" onClick={() => setHelp(true)} />
      <ThemeSwitch />
    </div>
  );
  return (
    <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] md:grid-cols-[var(--nav)_minmax(0,1fr)] md:grid-rows-1 print:block">
      <a
        href="#main"
        className="sr-only z-50 rounded-2 bg-accent text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to the figures
      </a>
      <header className="sticky top-0 flex h-screen flex-col border-line border-r px-2 py-3 max-md:hidden print:hidden">
        <div className="flex items-center">
          <Brand />
          <span title={organisation} className="ml-auto max-w-20 truncate pr-1 text-12 text-ink-3">
            {organisation}
          </span>
          {bell?.('wide')}
        </div>
        <button
          type="button"
          onClick={() => setPalette(true)}
          className="mt-2 mb-3 flex h-control items-center gap-2 rounded-2 border border-line bg-surface px-2 text-12 text-ink-3 hover:bg-hover"
        >
          <Icon name="search" />
          Search or run
          <kbd className="ml-auto rounded-1 border border-line bg-canvas px-1 font-sans text-11">{isApple ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <Navigation freshness={freshness} />
        {foot}
      </header>
      <header className="sticky top-0 z-20 flex h-12 items-center gap-1 border-line border-b bg-surface pr-2 pl-1 md:hidden print:hidden">
        <Dialog
          shape="menu"
          open={menu}
          onOpenChange={setMenu}
          title={organisation}
          trigger={<IconButton icon="menu" label="Menu" className="size-10!" />}
          foot={foot}
        >
          <Navigation freshness={freshness} onGo={() => setMenu(false)} />
        </Dialog>
        <Brand />
        <Freshness {...freshness} className="ml-auto" />
        {bell?.('narrow')}
        <IconButton icon="search" label="Search or run" className="size-10!" onClick={() => setPalette(true)} />
      </header>
      <div className="min-w-0">
        {sample ? <SampleMark leaveHref={leaveSampleHref} /> : null}
        <main id="main" tabIndex={-1} className="w-full min-w-0 max-w-[1680px] px-3 pt-3 pb-8 outline-none md:px-6 md:pt-4 md:pb-12">
          {children}
        </main>
      </div>
      {palette !== null ? <CommandPalette open={palette} onOpenChange={setPalette} items={commands} /> : null}
      {help !== null ? <ShortcutsDialog open={help} onOpenChange={setHelp} on={singleKeys} onChange={setSingleKeys} /> : null}
    </div>
  );
}
