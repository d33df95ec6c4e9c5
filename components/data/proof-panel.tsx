'use client';

import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { useProve } from '@/lib/spend/proof/client';
import type { ProofOut } from '@/lib/spend/proof/doors';
import { Button } from '../ui/button';
import { Facts, Panel } from '../ui/panel';
import { Dim, ErrorState } from '../ui/states';
import { Status } from '../ui/status';
import { type Column, Table } from '../ui/table/table';
import { Age } from '../ui/time';
import { counted } from './finding';

type Difference = ProofOut['differences'][number];

/** That every total kept for speed, and every budget, is what the ledger's rows add up to. */
export function ProofPanel({ last, mayProve, serverNow }: { last: ProofOut | null; mayProve: boolean; serverNow: string }) {
  const prove = useProve();
  const differences = last?.differences ?? [];
  const columns: Column<Difference>[] = [
    {
      key: 'what',
      head: 'Figure',
      name: true,
      cell: (each) => (
        <span className="block min-w-0 break-words">
          {each.what}
          <span className="block font-normal text-12 text-ink-2">{Object.values(each.key).filter(Boolean).join(', ')}</span>
        </span>
      ),
    },
    { key: 'ledger', head: 'The ledger says', figure: true, cell: (each) => each.ledger },
    { key: 'kept', head: 'Kept', figure: true, cell: (each) => each.kept },
  ];
  return (
    <Panel
      title={
        last
          ? differences.length === 0
            ? 'Every total equals the ledger'
            : `${counted(differences.length, 'figure')} ${differences.length === 1 ? 'differs' : 'differ'} from the ledger`
          : 'Not proved yet'
      }
      aside={
        last ? (
          differences.length === 0 ? (
            <Status kind="ok">proved</Status>
          ) : (
            <Status kind="failed">differs</Status>
          )
        ) : (
          <Status kind="off">no proof</Status>
        )
      }
    >
      {prove.error ? (
        <ErrorState
          flush
          onRetry={() => prove.mutate()}
          busy={prove.isPending}
          {...(prove.error.requestId ? { reference: prove.error.requestId } : {})}
        >
          {prove.error.detail}
        </ErrorState>
      ) : null}
      <Dim loading={prove.isPending} label="Adding the ledger up">
        {last ? (
          <>
            <Facts
              items={[
                { name: 'Proved', value: <Age at={last.at} serverNow={last.at > serverNow ? last.at : serverNow} /> },
                { name: 'Ledger rows', value: formatCount(last.entries) },
                { name: 'They add up to', value: formatMoney(last.ledgerNanoUsd, { style: 'exact' }) },
              ]}
            />
            {differences.length > 0 ? (
              <Table
                caption="Figures that are not what the ledger adds up to"
                columns={columns}
                rows={differences}
                rowKey={(each) => `${each.what} ${JSON.stringify(each.key)}`}
                maxHeight={320}
              />
            ) : null}
          </>
        ) : (
          <p className="px-3 py-3 text-ink-2 md:px-4">
            A proof adds up every ledger row anew and compares all totals and budgets. It runs each night, and now if you ask.
          </p>
        )}
      </Dim>
      {mayProve ? (
        <div className="border-line border-t px-3 py-2 md:px-4">
          <Button small icon="retry" busy={prove.isPending} onClick={() => prove.mutate()}>
            Prove now
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
