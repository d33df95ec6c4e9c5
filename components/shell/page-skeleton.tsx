import { Skeleton } from '../ui/states';

/** A page's frame before its first figures: head, strip, panel, at the sizes they will have. */
export function PageSkeleton() {
  return (
    <div className="grid gap-4">
      <div className="grid max-w-2xl gap-3 pt-2">
        <Skeleton height={12} />
        <Skeleton height={24} />
      </div>
      <div className="rounded-3 border border-line bg-surface p-4">
        <Skeleton height={56} />
      </div>
      <div className="rounded-3 border border-line bg-surface p-4">
        <Skeleton height={320} />
      </div>
    </div>
  );
}
