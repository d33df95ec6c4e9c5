'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';

export type Joining = { name: string; password: string };

type JoinFormProps = {
  email: string;
  /** The name that the invitation gave. */
  name: string;
  /** They have an account from another organisation: its password is asked for, not a new one. */
  hasPassword: boolean;
  busy: boolean;
  problem: FormProblem | null;
  onSubmit: (joining: Joining) => void;
};

/** Takes up an invitation: a name and a password for who is new, the known password for who is not. */
export function JoinForm({ email, name: given, hasPassword, busy, problem, onSubmit }: JoinFormProps) {
  const [name, setName] = useState(given);
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name, password });
  };
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4 rounded-3 border border-line bg-surface p-4">
      <Field label="E-mail">
        <TextInput type="email" name="email" autoComplete="username" readOnly value={email} />
      </Field>
      {hasPassword ? null : (
        <Field label="Your name" error={faultAt(problem, '/name')} hint="As others see it beside what you change.">
          <TextInput name="name" autoComplete="name" autoFocus value={name} onValueChange={setName} />
        </Field>
      )}
      <Field
        label={hasPassword ? 'Your password' : 'Choose a password'}
        error={faultAt(problem, '/password')}
        hint={
          hasPassword
            ? 'You have an account here already: this is its password.'
            : 'At least 12 characters; a sentence is easy to keep in mind.'
        }
      >
        <TextInput
          name="password"
          type="password"
          autoComplete={hasPassword ? 'current-password' : 'new-password'}
          autoFocus={hasPassword}
          value={password}
          onValueChange={setPassword}
        />
      </Field>
      <FormFault problem={problem} fields={['/name', '/password']} />
      <Button type="submit" kind="primary" busy={busy}>
        Join
      </Button>
    </form>
  );
}
