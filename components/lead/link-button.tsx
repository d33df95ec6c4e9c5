'use client';

import { useConfirm, useLeave } from '@/lib/lead/client';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';

export type LinkButtonProps = { token: string };

/** The yes of a mail's link: looking at the page changes nothing, so that what opens links by itself says nothing. */
export function ConfirmButton({ token }: LinkButtonProps) {
  return (
    <OneClick
      act={useConfirm()}
      token={token}
      label="Yes, send me one a week"
      done="Thank you. The first template comes within the hour."
    />
  );
}

/** The end of a subscription. */
export function LeaveButton({ token }: LinkButtonProps) {
  return <OneClick act={useLeave()} token={token} label="No more of these" done="Nothing comes any more, and the address is forgotten." />;
}

function OneClick({ act, token, label, done }: LinkButtonProps & { act: ReturnType<typeof useConfirm>; label: string; done: string }) {
  if (act.data) return <p role="status">{done}</p>;
  return (
    <div className="grid gap-3">
      <Button kind="primary" busy={act.isPending} className="justify-self-start" onClick={() => act.mutate(token)}>
        {label}
      </Button>
      <FormFault problem={act.error} fields={[]} />
    </div>
  );
}
