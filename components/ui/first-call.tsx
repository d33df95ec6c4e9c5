import Link from 'next/link';
import type { ReactNode } from 'react';

/** What to do with the command that sends a first call: the key that it names is made at First run, which gives the command whole. */
export function FirstCallWords({ children }: { children: ReactNode }) {
  return (
    <p>
      Put a key that may send usage in <code className="font-mono text-12">HARDSTOP_KEY</code> and run this; or{' '}
      <Link href="/start" className="text-accent-ink underline underline-offset-2">
        make one with its command
      </Link>
      . {children}
    </p>
  );
}
