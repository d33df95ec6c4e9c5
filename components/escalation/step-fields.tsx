'use client';

import { IconButton } from '../ui/button';
import { Field } from '../ui/form/field';
import { TextInput } from '../ui/form/text-input';
import { TargetPicker } from './target-picker';
import type { StepDraft, Target } from './words';

type StepFieldsProps = {
  n: number;
  step: StepDraft;
  targets: Target[];
  onChange: (step: StepDraft) => void;
  onRemove: (() => void) | null;
  at: (pointer: string) => string | undefined;
};

/** One step: who is told, and how long they have. */
export function StepFields({ n, step, targets, onChange, onRemove, at }: StepFieldsProps) {
  const pointer = `/steps/${n - 1}`;
  const error = at(`${pointer}/targets`) ?? step.targets.map((_, i) => at(`${pointer}/targets/${i}`)).find((each) => each !== undefined);
  return (
    <li className="grid gap-3 rounded-3 border border-line p-3">
      <div className="flex items-center gap-2">
        <h3 className="font-semibold text-13">Step {n}</h3>
        {onRemove ? <IconButton icon="trash" label={`Remove step ${n}`} className="ml-auto" onClick={onRemove} /> : null}
      </div>
      <TargetPicker
        label="Tells"
        where={`in step ${n}`}
        targets={targets}
        value={step.targets}
        error={error}
        onValueChange={(next) => onChange({ ...step, targets: next })}
      />
      <Field label="Minutes to answer before it climbs" error={at(`${pointer}/minutesToAcknowledge`)}>
        <TextInput
          value={step.minutes}
          onValueChange={(minutes) => onChange({ ...step, minutes })}
          inputMode="numeric"
          autoComplete="off"
        />
      </Field>
    </li>
  );
}
