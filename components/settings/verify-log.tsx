'use client';

import { formatCount } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Status } from '../ui/status';

export type Verified = {
  isWhole: boolean;
  entries: number;
  waiting: number;
  head: { sequence: number; hash: string } | null;
  broken: { sequence: number; why: string } | null;
};

/** Has the chain of all entries computed again, and says what came out. */
export function VerifyLog({ verify }: { verify: Write<void, Verified> }) {
  const found = verify.data;
  return (
    <div className="grid gap-2 px-3 py-3 text-12 md:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button busy={verify.isPending} icon="retry" onClick={() => verify.mutate()}>
          Verify the chain
        </Button>
        <span role="status" className="min-w-0 flex-1 basis-72">
          {found === undefined ? (
            <span className="text-ink-2">Each entry holds the hash of the one before it; nobody can change or drop one unseen.</span>
          ) : found.isWhole ? (
            <>
              <Status kind="confirmed">whole</Status> {formatCount(found.entries)} {found.entries === 1 ? 'entry' : 'entries'} computed
              again, none changed, none missing
              {found.waiting > 0 ? `; ${formatCount(found.waiting)} newer are not in the chain yet` : ''}.
            </>
          ) : (
            <>
              <Status kind="failed">broken</Status> At place {formatCount(found.broken?.sequence ?? 0)}: {found.broken?.why} What stands
              before it is whole.
            </>
          )}
        </span>
      </div>
      {found?.head ? (
        <p className="text-ink-2">
          Head at place {formatCount(found.head.sequence)}: <code className="break-all font-mono text-11">{found.head.hash}</code>. Kept
          elsewhere, it also shows that nothing was cut off the end.
        </p>
      ) : null}
      <FormFault problem={verify.error} />
    </div>
  );
}
