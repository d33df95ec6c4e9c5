'use client';

import { type FormEvent, useState } from 'react';
import { useAskForGrant } from '@/lib/budget/grant/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { idempotencyKey } from '@/lib/http/call';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import type { Calendar } from '@/lib/kernel/period';
import { Button } from '../../ui/button';
import { Field } from '../../ui/form/field';
import { FormFault, faultAt } from '../../ui/form/form-fault';
import { MoneyInput } from '../../ui/form/money-input';
import { Select } from '../../ui/form/select';
import { TextArea, TextInput } from '../../ui/form/text-input';
import { Dialog } from '../../ui/overlay/dialog';
import { useNow } from '../../ui/time';
import { sayDone } from '../../ui/toast';
import { ScopePicker } from '../new/scope-picker';
import { emptyGrant, expiresAtOf, type GrantDraft, grantFrom, type Until } from './draft';
import { useSeenValues } from './use-seen-values';
import { reserveLeft, spendersSentence } from './words';

type AskForGrantProps = { budget: BudgetOut; calendar: Calendar; serverNow: string };

/** Asks for a grant: how much, for which calls, why, until when. It opens when a second person approves it. */
export function AskForGrant(props: AskForGrantProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      trigger={
        <Button small icon="plus">
          Ask…
        </Button>
      }
      open={open}
      onOpenChange={setOpen}
      title={`Ask for a grant out of ${props.budget.name}`}
      sub="It opens when a second person approves it: the owner, an analyst or an admin."
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button kind="primary" type="submit" form="grant">
            Ask for it
          </Button>
        </div>
      }
    >
      <GrantForm {...props} onAsked={() => setOpen(false)} />
    </Dialog>
  );
}

function GrantForm({ budget, calendar, serverNow, onAsked }: AskForGrantProps & { onAsked: () => void }) {
  const [draft, setDraft] = useState(emptyGrant);
  const [key, setKey] = useState(idempotencyKey);
  const ask = useAskForGrant(budget.id, key);
  const now = useNow(serverNow);
  const known = useSeenValues(budget, serverNow);
  const set = (part: Partial<GrantDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    // Another request needs another key: the old one stands for the old words.
    setKey(idempotencyKey());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(grantFrom(draft, now, budget, calendar), {
      onSuccess: (grant) => {
        sayDone(`A grant of ${formatMoney(grant.amountNanoUsd)} is asked for. Whoever may approve it is told.`);
        onAsked();
      },
    });
  };
  const at = (pointer: string) => faultAt(ask.error, pointer);
  const until = expiresAtOf(draft, now, budget.current.endsAt, calendar);
  const scopeFields = (ask.error?.errors ?? []).map((each) => each.pointer).filter((each) => each.startsWith('/scope/'));
  return (
    <form id="grant" onSubmit={submit} noValidate className="grid gap-4">
      <Field label="Amount" hint={`At most ${formatMoney(reserveLeft(budget))}: what is left of the reserve.`} error={at('/amount')}>
        <MoneyInput value={draft.amount} onValueChange={(amount) => set({ amount })} currency={budget.currency} />
      </Field>
      <ScopePicker
        conditions={draft.conditions}
        known={known}
        errorAt={at}
        says={spendersSentence}
        onChange={(conditions) => set({ conditions })}
      />
      <Field label="Reason" hint="Whoever approves it reads this." error={at('/reason')}>
        <TextArea value={draft.reason} onValueChange={(reason) => set({ reason })} maxLength={1_000} rows={2} />
      </Field>
      <div className="grid grid-cols-2 items-start gap-2">
        <Field
          label="Until"
          hint={until === '' ? 'The end of a day.' : `${formatDayTime(until, calendar.zone)}; with its period at the latest.`}
          error={draft.until === 'day' ? undefined : at('/expiresAt')}
        >
          <Select<Until>
            value={draft.until}
            onValueChange={(next) => set({ until: next })}
            options={[
              { value: '1h', label: 'An hour' },
              { value: '4h', label: 'Four hours' },
              { value: '24h', label: 'A day' },
              { value: 'period', label: 'The period’s end' },
              { value: 'day', label: 'Another day’s end' },
            ]}
          />
        </Field>
        {draft.until === 'day' ? (
          <Field label="Last day" error={at('/expiresAt')}>
            <TextInput type="date" value={draft.lastDay} onValueChange={(lastDay) => set({ lastDay })} />
          </Field>
        ) : null}
      </div>
      <FormFault problem={ask.error} fields={['/amount', '/reason', '/expiresAt', ...scopeFields]} />
    </form>
  );
}
