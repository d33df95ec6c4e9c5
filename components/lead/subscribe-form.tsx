'use client';

import { type FormEvent, useState } from 'react';
import { useSubscribe } from '@/lib/lead/client';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Taken } from './taken';
import { WebsiteField } from './website-field';

/** Asks for a template a week. */
export function SubscribeForm() {
  const [email, setEmail] = useState('');
  const [website, setWebsite] = useState('');
  const ask = useSubscribe();
  if (ask.data) return <Taken taken={ask.data} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ email: email.trim(), website });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-end gap-2">
      <Field label="Your e-mail address" className="min-w-0 flex-1 basis-64" error={faultAt(ask.error, '/email')}>
        <TextInput type="email" autoComplete="email" value={email} onValueChange={setEmail} />
      </Field>
      <WebsiteField value={website} onChange={setWebsite} />
      <Button type="submit" kind="primary" busy={ask.isPending}>
        Send me one a week
      </Button>
      <p className="basis-full text-12 text-ink-2">One template a week, twelve in all. One click ends it.</p>
      <FormFault problem={ask.error} fields={['/email']} />
    </form>
  );
}
