'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import type { Write } from '../ui/form/write';
import { Dialog } from '../ui/overlay/dialog';
import { EmptyState } from '../ui/states';
import { Status, type StatusKind } from '../ui/status';
import { Table } from '../ui/table/table';
import { Age, Time } from '../ui/time';
import { SCOPE_WORDS, type ScopeName } from './words';

export type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: ScopeName[];
  pins: Partial<Record<'workload' | 'feature' | 'customer', string | undefined>> & {
    tags: Record<string, string>;
    models?: { provider: string; model: string }[] | undefined;
  };
  state: 'live' | 'expired' | 'revoked';
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
};

const STATES: Record<KeyRow['state'], StatusKind> = { live: 'ok', expired: 'off', revoked: 'stopped' };

/** Everything a key says of its calls, in one line; empty when it says nothing. */
const pinsOf = ({ workload, feature, customer, tags, models = [] }: KeyRow['pins']): string =>
  [
    ...[workload, feature, customer],
    ...Object.entries(tags).map(([name, value]) => `${name}=${value}`),
    ...models.map(({ provider, model }) => `${provider}/${model}`),
  ]
    .filter(Boolean)
    .join(', ');

type KeyTableProps = { keys: KeyRow[]; zone: string; serverNow: string; empty: string; revoke: Write<string> };

/** Keys by name and prefix; never their secrets. */
export function KeyTable({ keys, zone, serverNow, empty, revoke }: KeyTableProps) {
  if (keys.length === 0) return <EmptyState title={empty} />;
  return (
    <Table
      caption="API keys"
      rows={keys}
      rowKey={(key) => key.id}
      columns={[
        {
          key: 'name',
          head: 'Key',
          name: true,
          cell: (key) => (
            <span className="block min-w-0 break-words">
              <b className="font-medium">{key.name}</b>
              <code className="block font-mono font-normal text-12 text-ink-2">{key.prefix}…</code>
            </span>
          ),
        },
        {
          key: 'scopes',
          head: 'May',
          cell: (key) => (
            <ul className="text-12">
              {key.scopes.map((scope) => (
                <li key={scope}>{SCOPE_WORDS[scope]}</li>
              ))}
            </ul>
          ),
        },
        { key: 'pins', head: 'Pinned to', cell: (key) => pinsOf(key.pins) || <span className="text-ink-3">nothing</span> },
        {
          key: 'used',
          head: 'Last used',
          cell: (key) => (key.lastUsedAt ? <Age at={key.lastUsedAt} serverNow={serverNow} /> : <span className="text-ink-3">never</span>),
        },
        {
          key: 'ends',
          head: 'Ends',
          cell: (key) =>
            (key.revokedAt ?? key.expiresAt) ? (
              <Time at={key.revokedAt ?? key.expiresAt ?? ''} zone={zone} show="day" year />
            ) : (
              <span className="text-ink-3">never</span>
            ),
        },
        { key: 'state', head: 'State', cell: (key) => <Status kind={STATES[key.state]}>{key.state}</Status> },
        {
          key: 'acts',
          head: 'Acts',
          hideHead: true,
          figure: true,
          cell: (key) => (key.state === 'live' ? <Revoke of={key} write={revoke} /> : null),
        },
      ]}
    />
  );
}

function Revoke({ of: key, write }: { of: KeyRow; write: Write<string> }) {
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    write.reset();
  };
  return (
    <Dialog
      trigger={
        <Button small className="-my-1" aria-label={`Revoke ${key.name}`}>
          Revoke
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`Revoke ${key.name}?`}
      foot={
        <Button kind="danger" busy={write.isPending} onClick={() => write.mutate(key.id, { onSuccess: () => setOpen(false) })}>
          Revoke it for good
        </Button>
      }
    >
      <form className="grid gap-3" onSubmit={(event) => event.preventDefault()}>
        <ul className="grid list-disc gap-1 pl-4">
          <li>
            Every program that sends <code className="font-mono">{key.prefix}…</code> is refused from now on.
          </li>
          <li>What it has set aside for calls under way is counted as presumed spend.</li>
          <li>It cannot be undone: another key is made in its place.</li>
        </ul>
        <FormFault problem={write.error} />
      </form>
    </Dialog>
  );
}
