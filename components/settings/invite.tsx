'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button';
import { CodeBlock } from '../ui/copy';
import { Field } from '../ui/form/field';
import { FormFault, faultAt } from '../ui/form/form-fault';
import { TextInput } from '../ui/form/text-input';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { RoleFields, type Standing } from './role-fields';

export type Invitation = Standing & { email: string; name: string };

const EMPTY: Invitation = { email: '', name: '', role: 'viewer', duties: [] };

/** Invites someone: their address, role and duties, then the link that is shown once. */
export function Invite({ invite }: { invite: Write<Invitation, { joinUrl: string; email: string }> }) {
  const [open, setOpen] = useState(false);
  const [values, setValues] = useState(EMPTY);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) return;
    setValues(EMPTY);
    invite.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(values);
  };
  const at = (pointer: string) => faultAt(invite.error, pointer);
  const made = invite.data;
  const foot = made ? (
    <Button kind="primary" onClick={() => change(false)}>
      I have sent it
    </Button>
  ) : (
    <Button kind="primary" type="submit" form="invite" busy={invite.isPending}>
      Make the link
    </Button>
  );
  return (
    <Dialog
      trigger={
        <Button kind="primary" icon="plus">
          Invite
        </Button>
      }
      open={open}
      onOpenChange={change}
      title={made ? `Send this to ${made.email}` : 'Invite someone'}
      sub={made ? 'It works once, for seven days, and is not shown again.' : 'You get a link to send them; Hardstop sends nothing itself.'}
      foot={foot}
    >
      {made ? (
        <CodeBlock code={made.joinUrl} label="Link to join" copyLabel="Copy the link" secret />
      ) : (
        <form id="invite" onSubmit={submit} noValidate className="grid gap-4">
          <Field label="E-mail" error={at('/email')}>
            <TextInput type="email" autoComplete="off" value={values.email} onValueChange={(email) => setValues({ ...values, email })} />
          </Field>
          <Field label="Name" error={at('/name')}>
            <TextInput autoComplete="off" value={values.name} onValueChange={(name) => setValues({ ...values, name })} />
          </Field>
          <RoleFields value={values} onChange={(standing) => setValues({ ...values, ...standing })} error={at('/role')} />
          <FormFault problem={invite.error} fields={['/email', '/name', '/role']} />
        </form>
      )}
    </Dialog>
  );
}
