'use client';

import { type FormEvent, useState } from 'react';
import { useAskForHelp } from '@/lib/lead/client';
import { Button } from '../ui/button';
import { Field, FieldGroup } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { RadioCards } from '../ui/form/radio-cards';
import { TextArea, TextInput } from '../ui/form/text-input';
import { Taken } from './taken';
import { WebsiteField } from './website-field';

type Topic = 'help' | 'audit';
const FIELDS = ['/name', '/email', '/company', '/message', '/topic'];

/** Asks people for help, or to audit how AI is used. @param page where the asker came from */
export function HelpForm({ topic: first, page }: { topic: Topic; page: string }) {
  const [topic, setTopic] = useState<Topic>(first);
  const [form, setForm] = useState({ name: '', email: '', company: '', message: '', website: '' });
  const ask = useAskForHelp();
  if (ask.data) return <Taken taken={ask.data} />;
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const at = (pointer: string) => faultAt(ask.error, pointer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { company, ...rest } = form;
    ask.mutate({ ...rest, topic, page, ...(company.trim() === '' ? {} : { company }) });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FieldGroup label="What about">
        <RadioCards<Topic>
          label="What about"
          columns
          value={topic}
          onValueChange={setTopic}
          cards={[
            { value: 'help', label: 'A question', text: 'Budgets, stops, or one of the guides.' },
            { value: 'audit', label: 'An implementation audit', text: 'Models, guardrails, KPI plan and process, by people.' },
          ]}
        />
      </FieldGroup>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Your name" error={at('/name')}>
          <TextInput autoComplete="name" value={form.name} onValueChange={(name) => set({ name })} />
        </Field>
        <Field label="Your e-mail address" error={at('/email')}>
          <TextInput type="email" autoComplete="email" value={form.email} onValueChange={(email) => set({ email })} />
        </Field>
      </div>
      <Field label="Company" error={at('/company')} optional>
        <TextInput autoComplete="organization" value={form.company} onValueChange={(company) => set({ company })} />
      </Field>
      <Field
        label="What you would like to know"
        hint="What runs, about how much it costs a month, what worries you."
        error={at('/message')}
      >
        <TextArea value={form.message} onValueChange={(message) => set({ message })} rows={6} maxLength={5_000} />
      </Field>
      <WebsiteField value={form.website} onChange={(website) => set({ website })} />
      <FormFault problem={ask.error} fields={FIELDS} />
      <p className="text-12 text-ink-2">Nothing of it is kept here: it is passed on, or given back to you as a mail.</p>
      <Button type="submit" kind="primary" busy={ask.isPending} className="justify-self-start">
        Send
      </Button>
    </form>
  );
}
