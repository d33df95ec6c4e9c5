'use client';

import { type FormEvent, useState } from 'react';
import { useNoteOnBreach } from '@/lib/breach/client';
import type { BreachDetailOut, TimelineOut } from '@/lib/breach/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Icon, type IconName } from '../ui/icon';
import { Panel } from '../ui/panel';
import { Time } from '../ui/time';

const ICONS: Record<TimelineOut['kind'], IconName> = {
  opened: 'breach',
  level_reached: 'warn',
  stop_raised: 'stopped',
  stop_lifted: 'up',
  told: 'bell',
  reminded: 'bell',
  acknowledged: 'ok',
  answer_expired: 'clock',
  cause_recorded: 'pencil',
  kept_stopped: 'held',
  grant_asked: 'plus',
  phase: 'live',
  closed: 'ok',
  reopened: 'retry',
  note: 'pencil',
  action_prepared: 'prepared',
  action_started: 'in_force',
  action_ended: 'undo',
};

type TimeLineProps = { breach: BreachDetailOut; zone: string; mayNote: boolean };

/** What happened, oldest first, as it was written then. */
export function TimeLine({ breach, zone, mayNote }: TimeLineProps) {
  return (
    <Panel title="Time line" aside={zone}>
      <ol className="px-3 py-2 md:px-4">
        {breach.timeline.map((line) => (
          <li key={`${line.kind} ${line.id}`} className="relative grid grid-cols-[auto_16px_minmax(0,1fr)] gap-x-3 py-1.5 text-12">
            <span className="min-w-[88px] text-ink-2">
              <Time at={line.at} zone={zone} />
            </span>
            <Icon name={ICONS[line.kind]} className="mt-0.5 size-3.5 text-ink-2" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{line.text}</span>
          </li>
        ))}
      </ol>
      {mayNote ? <AddNote id={breach.id} /> : null}
    </Panel>
  );
}

function AddNote({ id }: { id: string }) {
  const [text, setText] = useState('');
  const note = useNoteOnBreach(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    note.mutate(text.trim(), { onSuccess: () => setText('') });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-line border-t px-3 py-3 md:px-4">
      <Field label="Add to the time line" className="flex-1 basis-60" error={faultAt(note.error, '/text')}>
        <TextInput value={text} onValueChange={setText} maxLength={2_000} placeholder="What you found, what you did." />
      </Field>
      <Button type="submit" icon="pencil" busy={note.isPending} disabled={text.trim() === ''}>
        Add note
      </Button>
      <FormFault problem={note.error} fields={['/text']} />
    </form>
  );
}
