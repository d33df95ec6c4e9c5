'use client';

import { type FormEvent, useState } from 'react';
import { formatDay } from '@/lib/kernel/format-time';
import { type Instant, parseInstant, toIso } from '@/lib/kernel/instant';
import { type Calendar, dayStart, localDay } from '@/lib/kernel/period';
import { Button } from '../../ui/button';
import { Field } from '../../ui/form/field';
import { FormFault, faultAt } from '../../ui/form/form-fault';
import { Select } from '../../ui/form/select';
import { TextInput } from '../../ui/form/text-input';
import type { Write } from '../../ui/form/write';
import { Panel } from '../../ui/panel';
import { Status } from '../../ui/status';
import { sayDone } from '../../ui/toast';
import { type Away, isAway } from './away';

type AbsenceProps = {
  own: Away;
  /** Who can stand in: everyone active but oneself. */
  others: { id: string; name: string }[];
  calendar: Calendar;
  serverNow: string;
  save: Write<Away>;
};

const NOBODY = 'nobody';

/** Says until when one is away, and who is told of breaches meanwhile. */
export function Absence({ own, others, calendar, serverNow, save }: AbsenceProps) {
  const away = isAway(own, serverNow);
  const [deputyId, setDeputy] = useState(own.deputyId ?? NOBODY);
  const [back, setBack] = useState(away ? localDay(calendar, parseInstant(own.awayUntil ?? '') as Instant) : '');
  const at = (pointer: string) => faultAt(save.error, pointer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const awayUntil = /^\d{4}-\d{2}-\d{2}$/.test(back) ? toIso(dayStart(calendar, back)) : null;
    save.mutate({ deputyId: deputyId === NOBODY ? null : deputyId, awayUntil }, { onSuccess: () => sayDone('Saved.') });
  };
  const deputy = others.find((each) => each.id === own.deputyId)?.name;
  const now = away
    ? `away until ${formatDay(own.awayUntil ?? '', calendar.zone)}${deputy ? `, ${deputy} stands in` : ', nobody stands in'}`
    : 'here';
  return (
    <Panel id="away" title="When you are away" aside={<Status kind={away ? (deputy ? 'info' : 'warn') : 'ok'}>{now}</Status>}>
      <form onSubmit={submit} noValidate className="grid gap-3 p-3 md:p-4">
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:max-w-[640px]">
          <Field
            label="Who stands in for you"
            hint="Told of breaches in your place while you are away, and may answer them."
            error={at('/deputyId')}
          >
            <Select
              value={deputyId}
              onValueChange={setDeputy}
              options={[{ value: NOBODY, label: 'Nobody' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
            />
          </Field>
          <Field label="Back on" hint="The day you are told again. Empty: you are here." error={at('/awayUntil')}>
            <TextInput type="date" value={back} onValueChange={setBack} />
          </Field>
        </div>
        <FormFault problem={save.error} fields={['/deputyId', '/awayUntil']} />
        <span className="flex justify-end gap-2 lg:max-w-[640px]">
          {away ? (
            <Button
              busy={save.isPending}
              onClick={() => {
                setBack('');
                save.mutate({ deputyId: own.deputyId, awayUntil: null }, { onSuccess: () => sayDone('You are told again from now.') });
              }}
            >
              I am back
            </Button>
          ) : null}
          <Button type="submit" kind="primary" busy={save.isPending}>
            Save
          </Button>
        </span>
      </form>
    </Panel>
  );
}
