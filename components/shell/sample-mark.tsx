import Link from 'next/link';
import { Status } from '../ui/status';

/** Stands over every page of the sample organisation: none of its figures is anybody's money. */
export function SampleMark({ leaveHref }: { leaveHref?: string }) {
  return (
    <aside
      aria-label="Sample workspace"
      className="flex flex-wrap items-center gap-x-2 border-line border-b bg-info-tint px-3 py-1.5 text-12 md:px-6"
    >
      <Status kind="info">sample workspace</Status>
      <span>Made-up usage; nothing here is real money.</span>
      {leaveHref ? (
        <Link href={leaveHref} className="font-medium text-accent-ink underline">
          Use your own data
        </Link>
      ) : null}
    </aside>
  );
}
