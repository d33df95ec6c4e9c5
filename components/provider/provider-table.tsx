'use client';

import type { ChangedProvider } from '@/lib/provider/client';
import type { ProviderOut } from '@/lib/provider/schema';
import type { Write } from '../ui/form/write';
import { Status } from '../ui/status';
import { Table } from '../ui/table/table';
import { Age } from '../ui/time';
import { ChangeProvider, EndProvider } from './provider-acts';
import { WIRE_WORDS } from './words';

type ProviderTableProps = {
  providers: ProviderOut[];
  serverNow: string;
  /** Null where this person may only look. */
  acts: { change: Write<ChangedProvider>; end: Write<ProviderOut> } | null;
};

/** Providers: what each speaks, where it is, and whether a key is kept. */
export function ProviderTable({ providers, serverNow, acts }: ProviderTableProps) {
  return (
    <Table
      caption="Providers"
      rows={providers}
      rowKey={(provider) => provider.slug}
      columns={[
        {
          key: 'name',
          head: 'Provider',
          name: true,
          cell: ({ slug, baseUrl }) => (
            <span className="block min-w-0">
              <b className="break-words font-medium">{slug}</b>
              <span className="block break-all font-normal text-12 text-ink-2">{baseUrl}</span>
            </span>
          ),
        },
        { key: 'wire', head: 'Speaks', cell: ({ wire }) => WIRE_WORDS[wire].label },
        {
          key: 'key',
          head: 'Key',
          cell: ({ key }) =>
            key === null ? (
              <Status kind="off">none kept</Status>
            ) : (
              <span className="block max-sm:text-right">
                <Status kind="ok">ends in {key.ending}</Status>
                <span className="block text-12 text-ink-2">
                  since <Age at={key.setAt} serverNow={serverNow} />
                </span>
              </span>
            ),
        },
        {
          key: 'acts',
          head: 'Acts',
          hideHead: true,
          figure: true,
          cell: (provider) =>
            acts === null ? null : (
              <span className="flex flex-wrap justify-end gap-1">
                <ChangeProvider of={provider} write={acts.change} />
                {provider.isBuiltIn && provider.key === null ? null : <EndProvider of={provider} write={acts.end} />}
              </span>
            ),
        },
      ]}
    />
  );
}
