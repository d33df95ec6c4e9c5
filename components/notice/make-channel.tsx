'use client';

import { useState } from 'react';
import type { ChannelIn } from '@/lib/notice/channel/schema';
import { Button } from '../ui/button';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { ChannelForm } from './channel-form';
import { SecretOnce } from './secret-once';

type Made = { name: string; secret: string | null };

/** Makes a channel; a webhook's signing secret is shown this once. */
export function MakeChannel({ make }: { make: Write<ChannelIn, Made> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    if (!next) make.reset();
  };
  const secret = make.data?.secret ?? null;
  return (
    <Dialog
      trigger={
        <Button kind="primary" icon="plus">
          Add a channel
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={secret === null ? 'Add a channel' : `The signing secret of ${make.data?.name}`}
      sub={
        secret === null
          ? 'Policies and levels name it; then people are told by it.'
          : 'Copy it now: it is kept sealed and cannot be shown again.'
      }
      foot={
        secret === null ? (
          <Button kind="primary" type="submit" form="channel" busy={make.isPending}>
            Add the channel
          </Button>
        ) : (
          <Button kind="primary" onClick={() => turn(false)}>
            I have kept it
          </Button>
        )
      }
    >
      {secret === null ? (
        <ChannelForm
          problem={make.error}
          onSubmit={(channel) => make.mutate(channel, { onSuccess: (made) => made.secret === null && turn(false) })}
        />
      ) : (
        <SecretOnce secret={secret} />
      )}
    </Dialog>
  );
}
