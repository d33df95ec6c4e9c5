'use client';

import { type ReactNode, useState } from 'react';
import type { ApiProblem } from '@/lib/http/call';
import { Button, type ButtonKind } from '../../ui/button';
import { Field } from '../../ui/form/field';
import { TextArea } from '../../ui/form/text-input';
import { Dialog } from '../../ui/overlay/dialog';
import type { DialogProps } from '../../ui/overlay/dialog-body';

type ReasonDialogProps = {
  trigger: NonNullable<DialogProps['trigger']>;
  title: string;
  /** What the act does, above the question. */
  children: ReactNode;
  label: string;
  hint: string;
  /** The button names the act. */
  act: string;
  kind: ButtonKind;
  busy: boolean;
  /** Resolves to what was wrong, null when it is done. */
  onSay: (words: string) => Promise<ApiProblem | null>;
  shape?: 'dialog' | 'sheet';
};

/** An act that needs a reason: what it does, why, and the button that names it. A refusal is said here and changes nothing. */
export function ReasonDialog({ trigger, title, children, label, hint, act, kind, busy, onSay, shape = 'dialog' }: ReasonDialogProps) {
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const say = async () => {
    const wrong = await onSay(words.trim());
    setProblem(wrong);
    if (wrong) return;
    setWords('');
    setOpen(false);
  };
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setProblem(null);
      }}
      title={title}
      shape={shape}
      foot={
        <>
          {problem && problem.errors.length === 0 ? (
            <p role="alert" className="text-12 text-stop">
              {problem.detail}
            </p>
          ) : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button kind={kind} busy={busy} disabled={words.trim() === ''} onClick={() => void say()}>
              {act}
            </Button>
          </div>
        </>
      }
    >
      <div className="grid gap-2 text-ink-2">{children}</div>
      <Field label={label} hint={hint} error={problem?.errors[0]?.detail}>
        <TextArea value={words} onValueChange={setWords} maxLength={1_000} />
      </Field>
    </Dialog>
  );
}

/** A mutation's outcome as the dialog takes it. */
export const outcomeOf = (asked: Promise<unknown>): Promise<ApiProblem | null> =>
  asked.then(
    () => null,
    (problem: ApiProblem) => problem,
  );
