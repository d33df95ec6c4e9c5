import type { ReactNode } from 'react';
import { Brand } from '../shell/brand';
import { ThemeSwitch } from '../shell/theme-switch';

/** A page before one is in: mark, the line that says where one stands, one form. `wide` for the form of set-up. */
export function EntryFrame({
  title,
  sub,
  wide = false,
  children,
}: {
  title: ReactNode;
  sub?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-screen flex-col">
      <header className="flex items-center px-2 py-2 md:px-4">
        <Brand />
        <span className="ml-auto">
          <ThemeSwitch />
        </span>
      </header>
      <main
        id="main"
        className={`mx-auto grid w-full content-start gap-5 px-4 pt-6 pb-12 ${wide ? 'max-w-[640px] md:pt-8' : 'max-w-[400px] md:pt-[10vh]'}`}
      >
        <div>
          <h1 className="text-balance font-semibold text-20 tracking-[-.012em]">{title}</h1>
          {sub ? <p className="mt-1 text-pretty text-ink-2">{sub}</p> : null}
        </div>
        {children}
      </main>
    </div>
  );
}
