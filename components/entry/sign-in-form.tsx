'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { TextInput } from '../ui/form/text-input';
import { Icon } from '../ui/icon';

type SignInFormProps = {
  /** Where the form is sent without script. */
  action: string;
  /** Why the last attempt did not let one in; null before it. */
  fault: string | null;
  busy: boolean;
  onSubmit: (email: string, password: string) => void;
  /** Another way in, under the form. */
  children?: ReactNode;
};

/** E-mail and password, named as password managers know them. */
export function SignInForm({ action, fault, busy, onSubmit, children }: SignInFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(email, password);
  };
  return (
    <form method="post" action={action} onSubmit={submit} className="grid gap-4 rounded-3 border border-line bg-surface p-4">
      <Field label="E-mail">
        <TextInput name="email" type="email" autoComplete="username" autoFocus required value={email} onValueChange={setEmail} />
      </Field>
      <Field label="Password">
        <TextInput name="password" type="password" autoComplete="current-password" required value={password} onValueChange={setPassword} />
      </Field>
      <div role="alert" className={fault ? 'flex gap-2 rounded-2 border border-stop bg-stop-tint px-3 py-2 text-12' : 'sr-only'}>
        {fault ? (
          <>
            <Icon name="failed" className="mt-px size-3.5 text-stop" />
            <span>{fault}</span>
          </>
        ) : null}
      </div>
      <Button type="submit" kind="primary" busy={busy}>
        Sign in
      </Button>
      {children}
    </form>
  );
}
