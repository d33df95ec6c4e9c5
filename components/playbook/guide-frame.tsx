import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from '../shell/brand';
import { ThemeSwitch } from '../shell/theme-switch';
import { ButtonLink } from '../ui/button';

/** Around every public guide: who wrote it, and the way in. */
export function GuideFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto grid min-h-screen max-w-[920px] grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr_auto] px-3 md:px-6">
      <header className="flex h-14 items-center gap-3 print:hidden">
        <Link href="/guides" className="flex h-8 items-center gap-2 font-semibold text-15 tracking-[-.01em]">
          <Mark />
          Hardstop guides
        </Link>
        <span className="flex-1" />
        <ThemeSwitch />
        <ButtonLink small href="/sign-in">
          Sign in
        </ButtonLink>
      </header>
      <main className="pb-10">{children}</main>
      <footer className="border-line border-t py-4 text-12 text-ink-2 print:hidden">
        In Hardstop these lists tick themselves: each step knows whether it is done, and the gap has the link that closes it.
      </footer>
    </div>
  );
}
