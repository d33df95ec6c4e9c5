'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { CodeBlock } from '../ui/copy';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { KeyForm, type NewKey } from './key-form';

/** Makes a key, then shows its secret this once. */
export function MakeKey({ make }: { make: Write<NewKey, { name: string; secret: string }> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    if (!next) make.reset();
  };
  const made = make.data;
  return (
    <Dialog
      trigger={
        <Button kind="primary" icon="plus">
          Make a key
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={made ? `The secret of ${made.name}` : 'Make a key'}
      sub={made ? 'Copy it now: it is stored hashed and cannot be shown again.' : 'For one program. Give it no more than it needs.'}
      foot={
        made ? (
          <Button kind="primary" onClick={() => turn(false)}>
            I have kept it
          </Button>
        ) : (
          <Button kind="primary" type="submit" form="key" busy={make.isPending}>
            Make the key
          </Button>
        )
      }
    >
      {made ? (
        <>
          <CodeBlock code={made.secret} label="Secret of the key" copyLabel="Copy" secret />
          <p className="text-12 text-ink-2">
            Programs send it as <code className="font-mono">Authorization: Bearer …</code>. Lost? Revoke this key and make another.
          </p>
        </>
      ) : (
        <KeyForm problem={make.error} onSubmit={(key) => make.mutate(key)} />
      )}
    </Dialog>
  );
}
