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
    <header className="mb-3 md:mb-4">
      <div className="flex min-h-8 flex-wrap items-center gap-2 text-12 text-ink-3">
        <nav aria-label="Where you are" className="min-w-0">
          <ol className="flex flex-wrap items-center gap-1">
            {trail.map((crumb, index) => (
              <li key={crumb.label} className="flex items-center gap-1">
                {index > 0 ? <span aria-hidden="true">›</span> : null}
                {crumb.href ? (
                  <Link href={crumb.href} className="hover:text-ink hover:underline">
                    {crumb.label}
                  </Link>
                ) : (
                  <span aria-current="page">{crumb.label}</span>
                )}
              </li>
            ))}
            {note ? <li>· {note}</li> : null}
          </ol>
        </nav>
        {actions ? <div className="flex flex-wrap items-center gap-2 md:ml-auto">{actions}</div> : null}
      </div>
      <h1 className="mt-1 text-balance font-semibold text-18 tracking-[-.012em] md:text-20">{title}</h1>
    </header>
  );
}
