'use client';

import { type FormEvent, useState } from 'react';
import { Field, FieldGroup } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { Select } from '../ui/form/select';
import { TextInput } from '../ui/form/text-input';
import { Checkbox } from '../ui/form/toggles';
import { modelsOf, SCOPE_WORDS, type ScopeName, tagsOf } from './words';

/** A key to be made, as the API takes it. */
export type NewKey = {
  name: string;
  scopes: ScopeName[];
  pins: Partial<Record<'workload' | 'feature' | 'customer', string>> & {
    tags?: Record<string, string>;
    models?: { provider: string; model: string }[];
  };
  /** Days until it stops working; null: it works until it is revoked. */
  expiresInDays: number | null;
};

const LENGTHS = [
  { value: 'never', label: 'Never, until revoked' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];
const FIELDS = ['/name', '/scopes', '/pins/workload', '/pins/feature', '/pins/customer', '/pins/models', '/pins'];

/** Name, scopes, pins and expiry of a new key. Submitted by a button outside, by the form's id `key`. */
export function KeyForm({ problem, onSubmit }: { problem: FormProblem | null; onSubmit: (key: NewKey) => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ScopeName[]>(['usage:write', 'spend:authorize']);
  const [pins, setPins] = useState({ workload: '', feature: '', customer: '', tags: '', models: '' });
  const [expires, setExpires] = useState('never');
  const tags = tagsOf(pins.tags);
  const models = modelsOf(pins.models);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tags === null || models === null) return;
    const given = Object.fromEntries(
      (['workload', 'feature', 'customer'] as const).filter((pin) => pins[pin].trim() !== '').map((pin) => [pin, pins[pin]]),
    );
    const withTags = Object.keys(tags).length > 0 ? { ...given, tags } : given;
    const all = models.length > 0 ? { ...withTags, models } : withTags;
    onSubmit({ name, scopes, pins: all, expiresInDays: expires === 'never' ? null : Number(expires) });
  };
  const at = (pointer: string) => faultAt(problem, pointer);
  const pin = (key: keyof typeof pins) => ({
    value: pins[key],
    onValueChange: (value: string) => setPins({ ...pins, [key]: value }),
    autoComplete: 'off',
    spellCheck: false,
  });
  return (
    <form id="key" onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Name" error={at('/name')} hint="Where it is used: “support-bot in production”.">
        <TextInput value={name} onValueChange={setName} autoComplete="off" />
      </Field>
      <FieldGroup label="What it may do" error={at('/scopes')}>
        {(Object.keys(SCOPE_WORDS) as ScopeName[]).map((scope) => (
          <Checkbox
            key={scope}
            label={
              <>
                {SCOPE_WORDS[scope]} <code className="ml-1 font-mono text-11 text-ink-2">{scope}</code>
              </>
            }
            checked={scopes.includes(scope)}
            onCheckedChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
          />
        ))}
      </FieldGroup>
      <FieldGroup label="Pinned to" hint="What is named here is so for every call of the key, whatever the call says." error={at('/pins')}>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Workload" optional error={at('/pins/workload')}>
            <TextInput {...pin('workload')} />
          </Field>
          <Field label="Feature" optional error={at('/pins/feature')}>
            <TextInput {...pin('feature')} />
          </Field>
          <Field label="Customer" optional error={at('/pins/customer')}>
            <TextInput {...pin('customer')} />
          </Field>
          <Field label="Tags" optional error={tags === null ? 'Write each as name=value, with commas between.' : undefined}>
            <TextInput {...pin('tags')} placeholder="env=prod" />
          </Field>
        </div>
      </FieldGroup>
      <Field
        label="Models it may call"
        optional
        hint="Where an action routes a call, the model it is routed to counts. Empty: all."
        error={at('/pins/models') ?? (models === null ? 'Write each as provider/model, with commas between.' : undefined)}
      >
        <TextInput {...pin('models')} placeholder="openai/gpt-4o-mini, anthropic/claude-haiku-4-5" />
      </Field>
      <Field label="Stops working">
        <Select options={LENGTHS} value={expires} onValueChange={setExpires} />
      </Field>
      <FormFault problem={problem} fields={FIELDS} />
    </form>
  );
}
