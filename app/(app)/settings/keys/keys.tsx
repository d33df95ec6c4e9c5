'use client';

import { useRouter } from 'next/navigation';
import { type KeyRow, KeyTable } from '@/components/settings/key-table';
import { MakeKey } from '@/components/settings/make-key';
import { Segmented } from '@/components/ui/form/choices';
import { Panel } from '@/components/ui/panel';
import { Pagination } from '@/components/ui/table/pagination';
import { days, type Instant, parseInstant, plus, toIso } from '@/lib/kernel/instant';
import { useKeyMake, useKeyRevoke } from '@/lib/org/client';

/** @param serverNow from when the days of an expiry are counted */
export function MakeOneKey({ serverNow }: { serverNow: string }) {
  const make = useKeyMake();
  const from = parseInstant(serverNow) as Instant;
  return (
    <MakeKey
      make={{
        ...make,
        mutate: ({ expiresInDays, ...key }) =>
          make.mutate({ ...key, expiresAt: expiresInDays === null ? null : toIso(plus(from, days(expiresInDays))) }),
      }}
    />
  );
}

type KeysProps = { keys: KeyRow[]; zone: string; serverNow: string; isAll: boolean; older: string | null; newer: string | null };

/** The list of keys; those that are over only when asked for. */
export function Keys({ isAll, older, newer, ...list }: KeysProps) {
  const router = useRouter();
  return (
    <Panel
      title="API keys"
      actions={
        <Segmented
          label="Which keys"
          choices={[
            { value: 'live', label: 'Live' },
            { value: 'all', label: 'All' },
          ]}
          value={isAll ? 'all' : 'live'}
          onValueChange={(which) => router.push(which === 'all' ? '/settings/keys?state=all' : '/settings/keys', { scroll: false })}
        />
      }
    >
      <KeyTable
        {...list}
        empty={
          isAll ? 'No key was ever made.' : 'No key is live. Make one for each program, so that one can be revoked without the others.'
        }
        revoke={useKeyRevoke()}
      />
      <Pagination newer={newer === null ? null : { href: newer }} older={older === null ? null : { href: older }} text="Newest first" />
    </Panel>
  );
}
