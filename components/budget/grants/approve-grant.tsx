'use client';

import { useState } from 'react';
import type { useApproveGrant } from '@/lib/budget/grant/client';
import type { GrantOut } from '@/lib/budget/grant/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { Button } from '../../ui/button';
import { FormFault } from '../../ui/form/form-fault';
import { Dialog } from '../../ui/overlay/dialog';
import { sayDone } from '../../ui/toast';
import { grantFor } from './words';

type ApproveGrantProps = { grant: GrantOut; zone: string; approve: ReturnType<typeof useApproveGrant> };

/** The second person's yes: what it lets happen stands above the button. */
export function ApproveGrant({ grant, zone, approve }: ApproveGrantProps) {
  const [open, setOpen] = useState(false);
  const amount = formatMoney(grant.amountNanoUsd);
  const turn = (next: boolean) => {
    approve.reset();
    setOpen(next);
  };
  const say = () =>
    approve.mutate(grant.id, {
      onSuccess: () => {
        setOpen(false);
        sayDone(`The grant of ${amount} is open.`);
      },
    });
  return (
    <Dialog
      trigger={
        <Button small kind="primary">
          Approve…
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`Approve ${amount} out of ${grant.budgetName}`}
      sub={`${grant.askedByName} asks: “${grant.reason}”`}
      foot={
        <>
          <FormFault problem={approve.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Leave it waiting</Button>
            <Button kind="primary" busy={approve.isPending} onClick={say}>
              Approve the grant
            </Button>
          </div>
        </>
      }
    >
      <p>
        From now until {formatDayTime(grant.expiresAt, zone)}, {grantFor(grant)} may spend up to {amount} past the stop level.
      </p>
      <p className="text-ink-2">A stop stays until someone lifts it: a grant is the room that lifting needs.</p>
    </Dialog>
  );
}
