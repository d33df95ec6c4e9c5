import Link from 'next/link';
import type { ReactNode } from 'react';

export type Crumb = { label: string; href?: string };

type PageHeaderProps = {
  /** Where this is: the place first, this page last and without `href`. */
  trail: Crumb[];
  /** Said after the trail: the moment and the zone that the figures stand for. */
  note?: ReactNode;
  /** The first line: the screen's answer from live data, at most 16 words, a whole sentence. */
  title: ReactNode;
  actions?: ReactNode;
};

/** The head of every screen: trail, acts, and the answer as its only h1. */
export function PageHeader({ trail, note, title, actions }: PageHeaderProps) {
  return (
    <header className="mb-3 grid grid-cols-[minmax(0,1fr)] gap-x-3 md:mb-4 md:grid-cols-[minmax(0,1fr)_auto]">
      <nav aria-label="Where you are" className="flex min-h-8 items-center text-12 text-ink-3">
        <ol className="[overflow-wrap:anywhere] [&>li]:inline">
          {trail.map((crumb, index) => (
            <li key={crumb.label}>
              {index > 0 ? (
                <span aria-hidden="true" className="mx-1">
                  ›
                </span>
              ) : null}
              {crumb.href ? (
                <Link href={crumb.href} className="hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
              ) : (
                <span aria-current="page">{crumb.label}</span>
              )}
            </li>
          ))}
          {note ? <li> · {note}</li> : null}
        </ol>
      </nav>
      <h1 className="mt-1 text-balance font-semibold text-18 tracking-[-.012em] md:col-span-2 md:row-start-2 md:text-20">{title}</h1>
      {actions ? (
        // On a phone the answer comes first, and what can be done about it after.
        <div className="mt-2.5 flex flex-wrap items-center gap-2 md:col-start-2 md:row-start-1 md:mt-0">{actions}</div>
      ) : null}
    </header>
  );
}
