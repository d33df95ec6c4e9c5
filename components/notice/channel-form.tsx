'use client';

import { type FormEvent, useState } from 'react';
import type { ChannelIn } from '@/lib/notice/channel/schema';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { RadioCards } from '../ui/form/radio-cards';
import { TextInput } from '../ui/form/text-input';
import { KIND_WORDS, type KindName } from './words';

const URL_HINTS: Record<'webhook' | 'slack' | 'teams', string> = {
  webhook: 'An https:// address; it gets a signed POST for each notice.',
  slack: 'From Slack: Apps, Incoming Webhooks, Add. It is kept sealed.',
  teams: 'From Teams: Workflows, “Send webhook alerts to a channel”. It is kept sealed.',
};
const FIELDS = ['/name', '/config/url', '/config/addresses', '/config/routingKey'];

/** A channel to be made. Submitted by a button outside, by the form's id `channel`. */
export function ChannelForm({ problem, onSubmit }: { problem: FormProblem | null; onSubmit: (channel: ChannelIn) => void }) {
  const [kind, setKind] = useState<KindName>('webhook');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [addresses, setAddresses] = useState('');
  const [routingKey, setRoutingKey] = useState('');
  const at = (pointer: string) => faultAt(problem, pointer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind === 'email') onSubmit({ kind, name, config: { addresses: addresses.split(/[\s,;]+/).filter(Boolean) } });
    else if (kind === 'pagerduty') onSubmit({ kind, name, config: { routingKey } });
    else onSubmit({ kind, name, config: { url } });
  };
  const plain = { autoComplete: 'off', spellCheck: false };
  return (
    <form id="channel" onSubmit={submit} noValidate className="grid gap-4">
      <RadioCards
        label="Leads to"
        cards={(Object.keys(KIND_WORDS) as KindName[]).map((value) => ({ value, label: KIND_WORDS[value][0], text: KIND_WORDS[value][1] }))}
        value={kind}
        onValueChange={setKind}
      />
      <Field label="Name" error={at('/name')} hint="As people speak of it: “Platform on call”.">
        <TextInput value={name} onValueChange={setName} autoComplete="off" />
      </Field>
      {kind === 'email' ? (
        <Field label="Addresses" error={at('/config/addresses') ?? at('/config/addresses/0')} hint="With commas between.">
          <TextInput {...plain} value={addresses} onValueChange={setAddresses} />
        </Field>
      ) : kind === 'pagerduty' ? (
        <Field
          label="Integration key"
          error={at('/config/routingKey')}
          hint="Of an “Events API v2” integration of the service. It is kept sealed."
        >
          <TextInput {...plain} value={routingKey} onValueChange={setRoutingKey} />
        </Field>
      ) : (
        <Field label="Address" error={at('/config/url')} hint={URL_HINTS[kind]}>
          <TextInput {...plain} type="url" inputMode="url" value={url} onValueChange={setUrl} />
        </Field>
      )}
      <FormFault problem={problem} fields={FIELDS} />
    </form>
  );
}
