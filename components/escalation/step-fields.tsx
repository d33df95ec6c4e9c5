'use client';

import { IconButton } from '../ui/button';
import { Combobox } from '../ui/form/combobox';
import { Field, FieldGroup } from '../ui/form/field';
import { TextInput } from '../ui/form/text-input';
import { Icon } from '../ui/icon';
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
  const left = targets.filter((each) => !step.targets.includes(each.value));
  const error = at(`${pointer}/targets`) ?? step.targets.map((_, i) => at(`${pointer}/targets/${i}`)).find((each) => each !== undefined);
  return (
    <li className="grid gap-3 rounded-3 border border-line p-3">
      <div className="flex items-center gap-2">
        <h3 className="font-semibold text-13">Step {n}</h3>
        {onRemove ? <IconButton icon="trash" label={`Remove step ${n}`} className="ml-auto" onClick={onRemove} /> : null}
      </div>
      <FieldGroup label="Tells" error={error}>
        <ul className="flex flex-wrap gap-1.5">
          {step.targets.map((target) => {
            const label = targets.find((each) => each.value === target)?.label ?? target;
            return (
              <li key={target} className="inline-flex items-center gap-1 rounded-2 border border-line bg-sunken py-0.5 pr-0.5 pl-2 text-12">
                {label}
                <button
                  type="button"
                  aria-label={`Do not tell ${label} in step ${n}`}
                  className="grid size-6 place-items-center rounded-1 text-ink-2 hover:bg-hover"
                  onClick={() => onChange({ ...step, targets: step.targets.filter((each) => each !== target) })}
                >
                  <Icon name="close" className="size-3" />
                </button>
              </li>
            );
          })}
        </ul>
        <Combobox
          aria-label={`Tell also, in step ${n}`}
          options={left}
          value={null}
          onValueChange={(value) => value !== null && onChange({ ...step, targets: [...step.targets, value] })}
          placeholder="Tell also…"
        />
      </FieldGroup>
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
