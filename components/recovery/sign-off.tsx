'use client';

import { type FormEvent, useState } from 'react';
import { useSignOff } from '@/lib/recovery/client';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { dayWords } from './words';

/** Signs the oldest day off that nobody has: with a note, in place. */
export function SignOff({ planId, date, left, maySign }: { planId: string; date: string; left: number; maySign: boolean }) {
  const [note, setNote] = useState('');
  const sign = useSignOff(planId);
  if (!maySign) return <p className="text-12 text-warn">{dayWords(date)} is not signed off: the budget’s owner or an operator does it.</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sign.mutate({ date, note: note.trim() }, { onSuccess: () => setNote('') });
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <Field label="Note" optional error={faultAt(sign.error, '/note')}>
        <TextInput value={note} onValueChange={setNote} maxLength={2_000} />
      </Field>
      <FormFault problem={sign.error} fields={['/note']} />
      <Button type="submit" kind="primary" busy={sign.isPending}>
        Sign off {dayWords(date)}
      </Button>
      {left > 1 ? <p className="text-12 text-ink-2">{left - 1} more after it.</p> : null}
    </form>
  );
}
