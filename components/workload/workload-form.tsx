'use client';

import { type FormEvent, useState } from 'react';
import { useChangeWorkload } from '@/lib/workload/client';
import type { WorkloadOut } from '@/lib/workload/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { Select } from '../ui/form/select';
import { TextArea, TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';
import { Banner } from '../ui/states';
import { sayDone } from '../ui/toast';
import { changeOf, type Draft, draftOf, isChanged } from './draft';
import { CRITICALITY_WORDS, STAGE_WORDS } from './words';

const NOBODY = 'nobody';
const FIELDS = [
  '/name',
  '/criticality',
  '/trafficStage',
  '/team',
  '/costCentre',
  '/ownerId',
  '/fallback/message',
  '/fallback/url',
  '/stopByHand',
];

const optionsOf = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));

type WorkloadFormProps = { saved: WorkloadOut; memberNames: Record<string, string>; mayWrite: boolean; onReload: () => void };

/** What is known of a workload. Only what differs from what was read is sent, with the version it was read at. */
export function WorkloadForm({ saved, memberNames, mayWrite, onReload }: WorkloadFormProps) {
  const [draft, setDraft] = useState(() => draftOf(saved));
  const save = useChangeWorkload(saved.slug, saved.etag);
  const change = changeOf(draft, saved);
  const count = Object.keys(change).length;
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const bind = (name: keyof Draft) => ({
    value: draft[name],
    onValueChange: (value: string) => set({ [name]: value }),
    changed: isChanged(draft, saved, name),
    disabled: !mayWrite,
  });
  const at = (pointer: string) => faultAt(save.error, pointer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (count > 0)
      save.mutate(change, {
        onSuccess: (workload) => {
          setDraft(draftOf(workload));
          sayDone(`${workload.name} is saved.`);
        },
      });
  };
  return (
    <Panel
      id="what"
      title="What it is"
      sub={mayWrite ? undefined : 'Operators and admins change it.'}
      aside={count > 0 ? `${count} unsaved` : undefined}
    >
      {save.error?.code === 'etag.mismatch' ? (
        <Banner
          kind="warn"
          word="not saved"
          flush
          action={
            <Button small icon="retry" onClick={onReload}>
              Read it again
            </Button>
          }
        >
          Someone else has changed this meanwhile. What you typed stays until you read it again.
        </Banner>
      ) : null}
      <form onSubmit={submit} className="grid gap-4 p-3 md:p-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Name" error={at('/name')}>
            <TextInput {...bind('name')} />
          </Field>
          <Field label="Owner" hint="Answers for what it spends." error={at('/ownerId')}>
            <Select
              options={[{ value: NOBODY, label: 'Nobody' }, ...optionsOf(memberNames)]}
              {...bind('ownerId')}
              value={draft.ownerId || NOBODY}
              onValueChange={(value) => set({ ownerId: value === NOBODY ? '' : value })}
            />
          </Field>
          <Field label="Criticality" hint="What stops a critical workload must be answered." error={at('/criticality')}>
            <Select options={optionsOf(CRITICALITY_WORDS)} {...bind('criticality')} value={draft.criticality} />
          </Field>
          <Field label="Traffic stage" error={at('/trafficStage')}>
            <Select options={optionsOf(STAGE_WORDS)} {...bind('trafficStage')} value={draft.trafficStage} />
          </Field>
          <Field label="Team" optional error={at('/team')}>
            <TextInput {...bind('team')} />
          </Field>
          <Field label="Cost centre" optional hint="Calls from now on carry it; older ones stay as they were." error={at('/costCentre')}>
            <TextInput {...bind('costCentre')} />
          </Field>
        </div>
        <Field label="What its users read when it is refused" optional error={at('/fallback/message') ?? at('/fallback')}>
          <TextArea {...bind('message')} placeholder="We are slower today. Try again after Monday." />
        </Field>
        <Field
          label="Link in that message"
          optional
          hint={draft.message.trim() === '' ? 'Once there is a message.' : undefined}
          error={at('/fallback/url')}
        >
          <TextInput {...bind('url')} inputMode="url" placeholder="https://" disabled={!mayWrite || draft.message.trim() === ''} />
        </Field>
        <Field
          label="How to stop it by hand"
          optional
          hint="Where it only reports, this is all that a stop can do: steps, a link, whom to call."
          error={at('/stopByHand')}
        >
          <TextArea {...bind('stopByHand')} rows={3} />
        </Field>
        {save.error?.code === 'etag.mismatch' ? null : <FormFault problem={save.error} fields={FIELDS} />}
        {mayWrite ? (
          <span className="flex justify-end gap-2">
            <Button disabled={count === 0} onClick={() => setDraft(draftOf(saved))}>
              Discard
            </Button>
            <Button type="submit" kind="primary" busy={save.isPending} disabled={count === 0}>
              Save
            </Button>
          </span>
        ) : null}
      </form>
    </Panel>
  );
}
