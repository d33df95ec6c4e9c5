'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import type { PolicyShown } from './words';

/** Ends a policy: what its budgets are answered by then stands above the button. */
export function EndPolicy({ policy, end }: { policy: PolicyShown; end: Write<string> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    end.reset();
    setOpen(next);
  };
  const named = policy.budgets === 1 ? 'The budget that names it is' : `The ${policy.budgets} budgets that name it are`;
  return (
    <Dialog
      trigger={
        <Button small aria-label={`End ${policy.name}`}>
          End…
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`End ${policy.name}?`}
      foot={
        <>
          <FormFault problem={end.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Keep it</Button>
            <Button kind="danger" busy={end.isPending} onClick={() => end.mutate(policy.id, { onSuccess: () => setOpen(false) })}>
              End the policy
            </Button>
          </div>
        </>
      }
    >
      <p>{policy.budgets === 0 ? 'No budget names it.' : `${named} answered by the default from now on.`}</p>
      <p className="text-ink-2">Breaches that are open go on as they began.</p>
    </Dialog>
  );
}
