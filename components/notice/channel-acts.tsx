'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { SecretOnce } from './secret-once';

type Of = { id: string; name: string };

/** Gives a webhook a new signing secret. */
export function RotateSecret({ of: channel, write }: { of: Of; write: Write<string, { secret: string | null }> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    write.reset();
  };
  const secret = open ? (write.data?.secret ?? null) : null;
  return (
    <Dialog
      trigger={
        <Button small aria-label={`New secret for ${channel.name}`}>
          New secret
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={secret === null ? `A new secret for ${channel.name}?` : `The new secret of ${channel.name}`}
      foot={
        secret === null ? (
          <Button kind="primary" busy={write.isPending} onClick={() => write.mutate(channel.id)}>
            Make a new secret
          </Button>
        ) : (
          <Button kind="primary" onClick={() => turn(false)}>
            I have kept it
          </Button>
        )
      }
    >
      {secret === null ? (
        <p>For 24 hours each notice carries both signatures, so that the receiver can change over without a gap.</p>
      ) : null}
      {secret === null ? <FormFault problem={write.error} /> : <SecretOnce secret={secret} />}
    </Dialog>
  );
}

/** Ends a channel, after saying what follows. */
export function EndChannel({ of: channel, write }: { of: Of; write: Write<string> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    write.reset();
  };
  return (
    <Dialog
      trigger={
        <Button small aria-label={`End ${channel.name}`}>
          End
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`End ${channel.name}?`}
      foot={
        <Button kind="danger" busy={write.isPending} onClick={() => write.mutate(channel.id, { onSuccess: () => setOpen(false) })}>
          End it for good
        </Button>
      }
    >
      <ul className="grid list-disc gap-1 pl-4">
        <li>Nothing is sent by it any more; what has not left is cancelled.</li>
        <li>Policies that name it reach nobody by it: name another there first.</li>
        <li>What it sent stays in the list.</li>
      </ul>
      <FormFault problem={write.error} />
    </Dialog>
  );
}
