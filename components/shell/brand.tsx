import Link from 'next/link';

/** The mark: a flow that ends at a wall. */
export function Mark({ className = 'size-[18px]' }: { className?: string }) {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" className={className} fill="none">
      <path d="M1 9h9" stroke="var(--accent)" strokeWidth="3.5" />
      <path d="M13.5 1v16" stroke="var(--ink)" strokeWidth="3.5" />
    </svg>
  );
}

/** Mark and name, leading home. */
export function Brand() {
  return (
    <Link href="/" className="flex h-8 items-center gap-2 px-2 font-semibold text-15 tracking-[-.01em]">
      <Mark />
      Hardstop
    </Link>
  );
}
