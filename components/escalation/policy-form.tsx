'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, type FormProblem, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Checkbox } from '../ui/form/toggles';
import { StepFields } from './step-fields';
import { draftOf, emptyStep, type PolicyShown, policyFrom, type Target } from './words';

const FIELDS = ['/name', '/steps', '/repeats', '/acknowledgeExpiresMinutes'];
const STEPS_AT_MOST = 20;

type PolicyFormProps = {
  policy: PolicyShown | null;
  targets: Target[];
  problem: FormProblem | null;
  onSubmit: (policy: ReturnType<typeof policyFrom>) => void;
};

/** Who is told of a breach, in which order, how long each has. Submitted by a button outside, by the form's id `policy`. */
export function PolicyForm({ policy, targets, problem, onSubmit }: PolicyFormProps) {
  const [draft, setDraft] = useState(() => draftOf(policy));
  const at = (pointer: string) => faultAt(problem, pointer);
  const stepFaults = (problem?.errors ?? []).map((each) => each.pointer).filter((pointer) => pointer.startsWith('/steps/'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(policyFrom(draft));
  };
  return (
    <form id="policy" onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Name" error={at('/name')}>
        <TextInput value={draft.name} onValueChange={(name) => setDraft({ ...draft, name })} autoComplete="off" />
      </Field>
      <ol className="grid gap-2">
        {draft.steps.map((step, i) => (
          <StepFields
            key={step.key}
            {...{ n: i + 1, step, targets, at }}
            onChange={(next) => setDraft({ ...draft, steps: draft.steps.map((each) => (each.key === step.key ? next : each)) })}
            onRemove={
              draft.steps.length === 1 ? null : () => setDraft({ ...draft, steps: draft.steps.filter((each) => each.key !== step.key) })
            }
          />
        ))}
      </ol>
      {draft.steps.length < STEPS_AT_MOST ? (
        <Button
          small
          icon="plus"
          className="justify-self-start"
          onClick={() => setDraft({ ...draft, steps: [...draft.steps, emptyStep()] })}
        >
          Add a step
        </Button>
      ) : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Goes through them again" hint="Times, before the admins." error={at('/repeats')}>
          <TextInput
            value={draft.repeats}
            onValueChange={(repeats) => setDraft({ ...draft, repeats })}
            inputMode="numeric"
            autoComplete="off"
          />
        </Field>
        <Field
          label="An answer counts for minutes"
          hint="Of a breach still not contained. Empty: it stays."
          error={at('/acknowledgeExpiresMinutes')}
        >
          <TextInput
            value={draft.expires}
            onValueChange={(expires) => setDraft({ ...draft, expires })}
            inputMode="numeric"
            autoComplete="off"
          />
        </Field>
      </div>
      <Checkbox
        label="The default"
        hint="For every budget that names no policy of its own."
        checked={draft.isDefault}
        onCheckedChange={(isDefault) => setDraft({ ...draft, isDefault })}
      />
      <FormFault problem={problem} fields={[...FIELDS, ...stepFaults]} />
    </form>
  );
}
