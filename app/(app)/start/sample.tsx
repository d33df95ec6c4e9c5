'use client';

import { LeaveSample, OpenSample } from '@/components/first-run/sample';
import { useSampleLeave, useSampleOpen, useSampleProgress } from '@/lib/setup/client';

/** Makes the sample and goes there. */
export function OpenTheSample({ refused }: { refused: string | null }) {
  const open = useSampleOpen();
  const isBusy = open.isPending || open.isSuccess;
  const progress = useSampleProgress(isBusy);
  return <OpenSample refused={refused} busy={isBusy} progress={progress.data ?? null} problem={open.error} onOpen={() => open.mutate()} />;
}

/** Leads back to one's own organisation. */
export function LeaveTheSample({ own, mayRemove }: { own: { id: string; name: string }; mayRemove: boolean }) {
  const leave = useSampleLeave();
  return (
    <LeaveSample
      own={own.name}
      busy={leave.isPending || leave.isSuccess}
      mayRemove={mayRemove}
      problem={leave.error}
      onLeave={(remove) => leave.mutate({ organisationId: own.id, remove })}
    />
  );
}
