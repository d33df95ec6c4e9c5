'use client';

import { type FormEvent, useState } from 'react';
import { useAddCheck, useChangePlan, useTickCheck } from '@/lib/recovery/client';
import type { PlanOut } from '@/lib/recovery/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextArea, TextInput } from '../ui/form/text-input';
import { Checkbox } from '../ui/form/toggles';
import { Panel } from '../ui/panel';

type CheckPanelProps = { plan: PlanOut; mayAct: boolean };

/** What has to be done before it is over; each line says who ticked it. */
export function CheckPanel({ plan, mayAct }: CheckPanelProps) {
  const [text, setText] = useState('');
  const tick = useTickCheck(plan.id);
  const add = useAddCheck(plan.id);
  const done = plan.checks.filter((check) => check.doneAt !== null).length;
  const writes = mayAct && plan.phase !== 'closed';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(text.trim(), { onSuccess: () => setText('') });
  };
  return (
    <Panel title="Check list" aside={`${done} of ${plan.checks.length}`}>
      <ul>
        {plan.checks.map((check) => (
          <li key={check.id} className="border-line border-t px-3 py-2 first:border-t-0 md:px-4">
            <Checkbox
              label={check.text}
              {...(check.doneBy ? { hint: `done by ${check.doneBy}` } : {})}
              checked={check.doneAt !== null}
              disabled={!writes}
              onCheckedChange={(checked) => tick.mutate({ checkId: check.id, done: checked })}
            />
          </li>
        ))}
      </ul>
      <FormFault problem={tick.error} fields={[]} />
      {writes ? (
        <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-line border-t px-3 py-3 md:px-4">
          <Field label="Add a line" className="flex-1 basis-48" error={faultAt(add.error, '/text')}>
            <TextInput value={text} onValueChange={setText} maxLength={300} />
          </Field>
          <Button type="submit" icon="plus" busy={add.isPending} disabled={text.trim() === ''}>
            Add
          </Button>
        </form>
      ) : null}
    </Panel>
  );
}

/** The cause as far as it is known, and what is done about it: both come before the first resume. */
export function CausePanel({ plan, mayAct }: CheckPanelProps) {
  const [cause, setCause] = useState(plan.cause ?? '');
  const [action, setAction] = useState(plan.correctiveAction ?? '');
  const change = useChangePlan(plan.id);
  const writes = mayAct && plan.phase !== 'closed';
  const changed = cause.trim() !== (plan.cause ?? '') || action.trim() !== (plan.correctiveAction ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({
      ...(cause.trim() === '' ? {} : { cause: cause.trim() }),
      ...(action.trim() === '' ? {} : { correctiveAction: action.trim() }),
    });
  };
  return (
    <Panel title="Cause and correction" aside={plan.causeBy ? `by ${plan.causeBy}` : 'before the first resume'}>
      <form onSubmit={submit} className="grid gap-3 p-3 md:p-4">
        <Field label="Cause" disabled={!writes} error={faultAt(change.error, '/cause')}>
          <TextArea value={cause} onValueChange={setCause} maxLength={2_000} placeholder="A retry loop after client release 4.18." />
        </Field>
        <Field label="Corrective action" disabled={!writes} error={faultAt(change.error, '/correctiveAction')}>
          <TextArea value={action} onValueChange={setAction} maxLength={2_000} placeholder="Retries are capped at 3." />
        </Field>
        <FormFault problem={change.error} fields={['/cause', '/correctiveAction']} />
        {writes ? (
          <span className="flex justify-end">
            <Button small type="submit" kind="primary" busy={change.isPending} disabled={!changed}>
              Record
            </Button>
          </span>
        ) : null}
      </form>
    </Panel>
  );
}
