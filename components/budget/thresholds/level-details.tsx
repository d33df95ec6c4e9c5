'use client';

import type { LevelChoices } from '@/lib/budget/read/level-choices';
import { TargetPicker } from '../../escalation/target-picker';
import { Button } from '../../ui/button';
import { FieldGroup } from '../../ui/form/field';
import { Menu } from '../../ui/overlay/menu';
import { newAction } from './action-draft';
import { ActionFields, KINDS } from './action-fields';
import type { Row } from './draft';

type LevelDetailsProps = {
  row: Row;
  choices: LevelChoices;
  readOnly: boolean;
  /** What is wrong with a field, by the end of its pointer: `/tell`, `/actions/0/params/feature`. */
  errorAt: (end: string) => string | undefined;
  onChange: (part: Partial<Row>) => void;
};

/** What a level sets off and whom it tells. A notify level only tells. */
export function LevelDetails({ row, choices, readOnly, errorAt, onChange }: LevelDetailsProps) {
  const level = `${row.kind} ${row.percent} %`;
  const add = (kind: (typeof KINDS)[number]['value']) =>
    onChange({ actions: [...row.actions, newAction(kind, kind === 'route' ? choices.models[0] : undefined)] });
  return (
    <div className="grid gap-3 rounded-3 bg-sunken p-3">
      {row.kind === 'notify' ? null : (
        <FieldGroup label={`What ${level} sets off`} error={errorAt('/actions')}>
          {row.actions.length > 0 ? (
            <ol className="grid gap-2">
              {row.actions.map((action, j) => (
                <ActionFields
                  key={action.key}
                  {...{ action, choices, readOnly }}
                  errorAt={(end) => errorAt(`/actions/${j}${end}`)}
                  onChange={(part) =>
                    onChange({ actions: row.actions.map((each) => (each.key === action.key ? { ...each, ...part } : each)) })
                  }
                  onRemove={() => onChange({ actions: row.actions.filter((each) => each.key !== action.key) })}
                />
              ))}
            </ol>
          ) : (
            <p className="text-12 text-ink-2">{row.kind === 'stop' ? 'Nothing besides the stop.' : 'Nothing yet.'}</p>
          )}
          {readOnly ? null : (
            <Menu
              trigger={
                <Button small icon="plus" className="justify-self-start">
                  Add an action
                </Button>
              }
              items={KINDS.map(({ value, label }) => ({ label, onSelect: () => add(value) }))}
            />
          )}
        </FieldGroup>
      )}
      <TargetPicker
        label={`Whom ${level} tells`}
        where={`at ${level}`}
        hint={row.mustAnswer ? 'Beside whoever the escalation policy tells.' : undefined}
        targets={choices.targets}
        value={row.tell}
        error={errorAt('/tell') ?? row.tell.map((_, j) => errorAt(`/tell/${j}`)).find(Boolean)}
        readOnly={readOnly}
        onValueChange={(tell) => onChange({ tell })}
      />
    </div>
  );
}
