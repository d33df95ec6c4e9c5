'use client';

import { type FormEvent, useState } from 'react';
import type { NewProvider } from '@/lib/provider/client';
import type { ProviderOut } from '@/lib/provider/schema';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { RadioCards } from '../ui/form/radio-cards';
import { TextInput } from '../ui/form/text-input';
import { WIRE_WORDS } from './words';

type ProviderFormProps = {
  id: string;
  /** The one to be changed; absent: a new one. */
  provider?: ProviderOut;
  problem: FormProblem | null;
  /** @param filled `apiKey` is empty where nothing was typed */
  onSubmit: (filled: Omit<NewProvider, 'apiKey'> & { apiKey: string }) => void;
};

const FIELDS = ['/slug', '/wire', '/baseUrl', '/apiKey'];
const PLAIN = { autoComplete: 'off', spellCheck: false } as const;

/** Where a provider is and its key, which is typed and never shown again. Submitted by a button outside, by the form's id. */
export function ProviderForm({ id, provider, problem, onSubmit }: ProviderFormProps) {
  const [slug, setSlug] = useState(provider?.slug ?? '');
  const [wire, setWire] = useState<ProviderOut['wire']>(provider?.wire ?? 'openai');
  const [baseUrl, setBaseUrl] = useState(provider?.baseUrl ?? '');
  const [apiKey, setApiKey] = useState('');
  const at = (pointer: string) => faultAt(problem, pointer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ slug, wire, baseUrl, apiKey });
  };
  const kept = provider?.key
    ? `A key that ends in ${provider.key.ending} is kept. Empty: it stays.`
    : 'It is kept encrypted and not shown again.';
  return (
    <form id={id} onSubmit={submit} noValidate className="grid gap-4">
      {provider ? null : (
        <>
          <Field
            label="Name"
            error={at('/slug')}
            hint="It stands in the gateway’s address, and is the provider that prices and budgets name."
          >
            <TextInput {...PLAIN} value={slug} onValueChange={setSlug} placeholder="vllm" />
          </Field>
          <RadioCards
            label="Speaks"
            cards={(Object.keys(WIRE_WORDS) as ProviderOut['wire'][]).map((value) => ({ value, ...WIRE_WORDS[value] }))}
            value={wire}
            onValueChange={setWire}
          />
        </>
      )}
      <Field label="Address" error={at('/baseUrl')} hint="Up to and with its version: https://models.example.com/v1">
        <TextInput {...PLAIN} type="url" inputMode="url" value={baseUrl} onValueChange={setBaseUrl} />
      </Field>
      <Field label="Key" error={at('/apiKey')} hint={kept}>
        <TextInput {...PLAIN} type="password" autoComplete="new-password" value={apiKey} onValueChange={setApiKey} />
      </Field>
      <FormFault problem={problem} fields={FIELDS} />
    </form>
  );
}
