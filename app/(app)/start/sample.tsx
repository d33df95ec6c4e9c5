'use client';

import { LeaveSample, OpenSample } from '@/components/first-run/sample';
import { useSampleLeave, useSampleOpen } from '@/lib/setup/client';

/** Makes the sample and goes there. */
export function OpenTheSample({ refused }: { refused: string | null }) {
  const { open, progress } = useSampleOpen();
  const isBusy = open.isPending || open.isSuccess;
  return <OpenSample refused={refused} busy={isBusy} progress={progress} problem={open.error} onOpen={() => open.mutate()} />;
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
