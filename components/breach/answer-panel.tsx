'use client';

import { type FormEvent, useState } from 'react';
import { useAcknowledge } from '@/lib/breach/client';
import type { BreachDetailOut } from '@/lib/breach/schema';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { Countdown, Time } from '../ui/time';

type AnswerPanelProps = { breach: BreachDetailOut; zone: string; serverNow: string };

/** Who has it; or the button that takes it, and whom it climbs to without an answer. */
export function AnswerPanel({ breach, zone, serverNow }: AnswerPanelProps) {
  const [note, setNote] = useState('');
  const acknowledge = useAcknowledge(breach.id);
  const { climb } = breach;
  if (breach.answeredAt !== null)
    return (
      <Panel title="Answered" aside={<Time at={breach.answeredAt} zone={zone} />} padded>
        <p role="status">
          <Status kind="ok">{breach.answeredByName ?? 'Someone'}</Status> has it{breach.answerNote ? `: “${breach.answerNote}”` : '.'}
        </p>
        {breach.answerExpiresAt && breach.phase === 'open' ? (
          <p className="mt-1 text-12 text-ink-2">
            It climbs again <Countdown until={breach.answerExpiresAt} serverNow={serverNow} /> unless something holds spend back.
          </p>
        ) : null}
      </Panel>
    );
  if (breach.phase === 'closed')
    return (
      <Panel title="Closed without an answer" padded>
        <p className="text-ink-2">Nobody acknowledged it before it was closed.</p>
      </Panel>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    acknowledge.mutate(note);
  };
  return (
    <Panel title="Nobody has answered yet" aside={`step ${climb.step} of ${climb.steps}`} emphasis>
      <p className="px-3 pt-3 text-12 md:px-4">
        {climb.told.length > 0 ? `Told: ${climb.told.map(({ name }) => name).join(', ')}. ` : ''}
        {climb.nextAt === null ? (
          'It climbs no further.'
        ) : (
          <>
            Climbs <Countdown until={climb.nextAt} serverNow={serverNow} over="now" /> to{' '}
            {climb.next.map(({ name }) => name).join(', ') || 'the admins'}.
          </>
        )}
      </p>
      {breach.mayAnswer ? (
        <form onSubmit={submit} className="grid gap-3 p-3 md:p-4">
          <Field label="Note" optional error={faultAt(acknowledge.error, '/note')}>
            <TextInput value={note} onValueChange={setNote} maxLength={2_000} placeholder="Looking at it." />
          </Field>
          <FormFault problem={acknowledge.error} fields={['/note']} />
          <Button type="submit" kind="primary" busy={acknowledge.isPending} className="h-14! w-full text-15!">
            Acknowledge
          </Button>
        </form>
      ) : (
        <p className="px-3 py-3 text-12 text-ink-2 md:px-4">
          You may not answer for it: ask {climb.told.map(({ name }) => name).join(' or ') || 'an admin'}
          {breach.budget.ownerName ? `, or ${breach.budget.ownerName}, who owns the budget` : ''}.
        </p>
      )}
    </Panel>
  );
}
