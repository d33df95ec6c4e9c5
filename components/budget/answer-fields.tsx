'use client';

import { Field } from '../ui/form/field';
import { Select } from '../ui/form/select';

/** Who answers for a budget; null is nobody, and the organisation's default policy. */
export type Answering = { ownerId: string | null; escalationPolicyId: string | null };

/** Who and what can be chosen: active members, and policies that have not ended. */
export type AnswersChoice = {
  members: { id: string; name: string; isOwner: boolean }[];
  policies: { id: string; name: string; isDefault: boolean }[];
};

/** What ids of members and policies are called. */
export const namesOf = ({ members, policies }: AnswersChoice): Record<string, string> =>
  Object.fromEntries([...members, ...policies].map(({ id, name }) => [id, name]));

type AnswerFieldsProps = {
  value: Answering;
  choice: AnswersChoice;
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: Answering) => void;
};

const NONE = 'none';

/** What a budget without a policy of its own is answered by. */
export function defaultPolicyWords({ policies }: Pick<AnswersChoice, 'policies'>): string {
  const standard = policies.find((each) => each.isDefault);
  return standard ? `${standard.name}, the default` : 'Built in: its owners, then the admins';
}

/** The owner of a budget, and the escalation policy that its breaches climb by. */
export function AnswerFields({ value, choice, errorAt, onChange }: AnswerFieldsProps) {
  const owner = choice.members.find((each) => each.id === value.ownerId);
  return (
    <>
      <Field
        label="Owner"
        hint={
          owner && !owner.isOwner
            ? `${owner.name} has no duty of a budget owner: told of breaches, and may change nothing here by owning it.`
            : 'Told of its breaches; with the duty of a budget owner, sets its levels and stops.'
        }
        error={errorAt('/ownerId')}
      >
        <Select
          value={value.ownerId ?? NONE}
          onValueChange={(next) => onChange({ ownerId: next === NONE ? null : next, escalationPolicyId: value.escalationPolicyId })}
          options={[{ value: NONE, label: 'Nobody' }, ...choice.members.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </Field>
      <Field
        label="Who is told of a breach"
        hint="An escalation policy of Settings, Escalation: who is told, in which order."
        error={errorAt('/escalationPolicyId')}
      >
        <Select
          value={value.escalationPolicyId ?? NONE}
          onValueChange={(next) => onChange({ ownerId: value.ownerId, escalationPolicyId: next === NONE ? null : next })}
          options={[
            { value: NONE, label: defaultPolicyWords(choice) },
            ...choice.policies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Field>
    </>
  );
}
