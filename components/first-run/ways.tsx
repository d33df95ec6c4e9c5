import Link from 'next/link';
import { cx } from '../ui/class-names';

export type Way = { key: string; label: string; text: string; href: string };

/** The ways to begin, side by side; the chosen one is in the address. */
export function Ways({ ways, current }: { ways: Way[]; current: string }) {
  return (
    <nav
      aria-label="How to start"
      className="grid overflow-hidden rounded-3 border border-line bg-surface sm:auto-cols-fr sm:grid-flow-col"
    >
      {ways.map((way) => (
        <Link
          key={way.key}
          href={way.href}
          scroll={false}
          aria-current={way.key === current ? 'true' : undefined}
          className={cx(
            'border-line px-3 py-3 outline-offset-[-2px] not-first:border-t sm:not-first:border-t-0 sm:not-first:border-l md:px-4',
            way.key === current
              ? 'bg-accent-tint shadow-[inset_2px_0_var(--accent)] sm:shadow-[inset_0_2px_var(--accent)]'
              : 'hover:bg-hover',
          )}
        >
          <b className="block text-15">{way.label}</b>
          <span className="mt-0.5 block text-pretty text-12 text-ink-2">{way.text}</span>
        </Link>
      ))}
    </nav>
  );
}
