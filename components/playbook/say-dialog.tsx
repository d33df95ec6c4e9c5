'use client';

import { useState } from 'react';
import { useTickStep } from '@/lib/playbook/client';
import { RISKS, type Risk, type StepOut } from '@/lib/playbook/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { faultAt } from '../ui/form/form-fault';
import { Select } from '../ui/form/select';
import { TextArea, TextInput } from '../ui/form/text-input';
import { SaveDialog } from '../ui/overlay/save-dialog';

const NOBODY = 'nobody';
const NONE = 'none';
const RISK_WORDS: Record<Risk, string> = { low: 'Low', medium: 'Medium', high: 'High' };

type SayDialogProps = { slug: string; step: StepOut; members: Record<string, string> };

/** What is known of a step beside whether it is done: what shows it, how much hangs on it, who closes it and by when. */
export function SayDialog({ slug, step, members }: SayDialogProps) {
  const [draft, setDraft] = useState({ evidence: '', risk: NONE, ownerId: NOBODY, dueOn: '' });
  const tick = useTickStep(slug);
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const changed = () => ({
    evidence: draft.evidence.trim() || null,
    risk: draft.risk === NONE ? null : (draft.risk as Risk),
    ownerId: draft.ownerId === NOBODY ? null : draft.ownerId,
    dueOn: draft.dueOn || null,
  });
  const at = (pointer: string) => faultAt(tick.error, pointer);
  return (
    <SaveDialog
      trigger={
        <Button
          small
          kind="text"
          className="h-6! justify-self-start px-1! print:hidden"
          aria-label={`Evidence, risk and owner of ${step.title}`}
        >
          Evidence, risk, owner…
        </Button>
      }
      title={step.title}
      sub="What is said here is kept with your name, and in the change log."
      saving={tick}
      onTurn={() =>
        setDraft({ evidence: step.evidence ?? '', risk: step.risk ?? NONE, ownerId: step.ownerId ?? NOBODY, dueOn: step.dueOn ?? '' })
      }
      input={() => ({ step: step.id, change: changed() })}
      done={() => 'The step is saved.'}
      fields={['/evidence', '/risk', '/ownerId', '/dueOn']}
    >
      <div className="grid gap-4">
        <Field label="Evidence" hint="Where it can be seen: a link, a file, a date." error={at('/evidence')} optional>
          <TextArea value={draft.evidence} onValueChange={(evidence) => set({ evidence })} maxLength={2_000} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Risk while it is open" error={at('/risk')}>
            <Select
              value={draft.risk}
              onValueChange={(risk) => set({ risk })}
              options={[{ value: NONE, label: 'Not said' }, ...RISKS.map((value) => ({ value, label: RISK_WORDS[value] }))]}
            />
          </Field>
          <Field label="Close it by" error={at('/dueOn')} optional>
            <TextInput type="date" value={draft.dueOn} onValueChange={(dueOn) => set({ dueOn })} />
          </Field>
        </div>
        <Field label="Who closes it" error={at('/ownerId')}>
          <Select
            value={draft.ownerId}
            onValueChange={(ownerId) => set({ ownerId })}
            options={[{ value: NOBODY, label: 'Nobody yet' }, ...Object.entries(members).map(([value, label]) => ({ value, label }))]}
          />
        </Field>
      </div>
    </SaveDialog>
  );
}
