'use client';

import { useConfirm } from '@/lib/lead/client';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';

/** The yes of a mail's link: looking at the page changes nothing, so that what opens links by itself says nothing. */
export function ConfirmButton({ token }: { token: string }) {
  const confirm = useConfirm();
  if (confirm.data) return <p role="status">Thank you. The first template comes within the hour.</p>;
  return (
    <div className="grid gap-3">
      <Button kind="primary" busy={confirm.isPending} className="justify-self-start" onClick={() => confirm.mutate(token)}>
        Yes, send me one a week
      </Button>
      <FormFault problem={confirm.error} fields={[]} />
    </div>
  );
}
