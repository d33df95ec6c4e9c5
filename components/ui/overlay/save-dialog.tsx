'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../button';
import { FormFault, type FormProblem } from '../form/form-fault';
import { sayDone } from '../toast';
import { Dialog } from './dialog';
import type { Pressable } from './dialog-body';

/** What a dialog needs of the mutation behind it. */
type Saving<Input, Saved> = {
  error: FormProblem | null;
  isPending: boolean;
  reset: () => void;
  mutate: (input: Input, on: { onSuccess: (saved: Saved) => void }) => void;
};

type SaveDialogProps<Input, Saved> = {
  trigger: Pressable;
  title: string;
  sub: string;
  saving: Saving<Input, Saved>;
  /** Sets the draft back to what is saved; called whenever the dialog opens or closes. */
  onTurn: () => void;
  /** What is sent, of the draft as it stands. */
  input: () => Input;
  /** What is said once it is saved. */
  done: (saved: Saved) => string;
  /** The pointers that the dialog shows at its fields. */
  fields: readonly string[];
  act?: string;
  children: ReactNode;
};

/** A dialog with a draft: it closes when the draft is saved, and says above its buttons what no field can. */
export function SaveDialog<Input, Saved>(props: SaveDialogProps<Input, Saved>) {
  const { trigger, title, sub, saving, onTurn, input, done, fields, act = 'Save', children } = props;
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    onTurn();
    saving.reset();
    setOpen(next);
  };
  const save = () =>
    saving.mutate(input(), {
      onSuccess: (saved) => {
        setOpen(false);
        sayDone(done(saved));
      },
    });
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={turn}
      title={title}
      sub={sub}
      foot={
        <>
          <FormFault problem={saving.error} fields={fields} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Cancel</Button>
            {/* Saved against a version that somebody else has changed since, it would be refused again. */}
            <Button kind="primary" busy={saving.isPending} disabled={saving.error?.code === 'etag.mismatch'} onClick={save}>
              {act}
            </Button>
          </div>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
