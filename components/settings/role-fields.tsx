'use client';

import { FieldGroup } from '../ui/form/field';
import { RadioCards } from '../ui/form/radio-cards';
import { Checkbox } from '../ui/form/toggles';
import { DUTY_WORDS, type DutyName, ROLE_WORDS, type RoleName } from './words';

export type Standing = { role: RoleName; duties: DutyName[] };

/** What someone may, and what they answer for on top of it. */
export function RoleFields({
  value,
  onChange,
  error,
}: {
  value: Standing;
  onChange: (standing: Standing) => void;
  error?: string | undefined;
}) {
  const toggle = (duty: DutyName, on: boolean) =>
    onChange({ ...value, duties: on ? [...value.duties, duty] : value.duties.filter((each) => each !== duty) });
  return (
    <>
      <FieldGroup label="Role" error={error}>
        <RadioCards
          label="Role"
          value={value.role}
          onValueChange={(role) => onChange({ ...value, role })}
          cards={(Object.keys(ROLE_WORDS) as RoleName[]).map((role) => ({
            value: role,
            label: ROLE_WORDS[role][0],
            text: ROLE_WORDS[role][1],
          }))}
        />
      </FieldGroup>
      <FieldGroup label="Duties, on top of any role">
        {(Object.keys(DUTY_WORDS) as DutyName[]).map((duty) => (
          <Checkbox
            key={duty}
            label={DUTY_WORDS[duty][0]}
            hint={DUTY_WORDS[duty][1]}
            checked={value.duties.includes(duty)}
            onCheckedChange={(on) => toggle(duty, on)}
          />
        ))}
      </FieldGroup>
    </>
  );
}
