import { Table } from '../ui/table/table';
import { Time } from '../ui/time';
import { changesOf, whatOf } from './log-words';

export type LogRow = {
  id: string;
  at: string;
  actor: { kind: string; name: string };
  action: string;
  subject: { kind: string; id: string };
  before: unknown;
  after: unknown;
  sequence: number | null;
};

/** Who changed what, from what to what, newest first. */
export function LogTable({ entries, zone, empty }: { entries: LogRow[]; zone: string; empty: string }) {
  return (
    <Table
      caption="Changes, newest first"
      rows={entries}
      rowKey={(entry) => entry.id}
      empty={empty}
      columns={[
        { key: 'at', head: 'When', cell: (entry) => <Time at={entry.at} zone={zone} year /> },
        {
          key: 'who',
          head: 'Who',
          cell: (entry) => (
            <span className="max-sm:text-right">
              {entry.actor.name}
              {entry.actor.kind === 'api_key' ? <span className="block text-12 text-ink-2">API key</span> : null}
              {entry.actor.kind === 'member' || entry.actor.kind === 'api_key' ? null : (
                <span className="block text-12 text-ink-2">by itself</span>
              )}
            </span>
          ),
        },
        {
          key: 'what',
          head: 'What',
          name: true,
          cell: (entry) => (
            <span className="block min-w-0">
              <span className="font-medium">{whatOf(entry.action)}</span>
              <code className="block break-all font-mono font-normal text-11 text-ink-3 sm:whitespace-nowrap">{entry.subject.id}</code>
            </span>
          ),
        },
        { key: 'change', head: 'Change', cell: (entry) => <Changes before={entry.before} after={entry.after} zone={zone} /> },
        { key: 'place', head: 'Entry', figure: true, cell: (entry) => entry.sequence ?? <span className="text-ink-3">soon</span> },
      ]}
    />
  );
}

function Changes({ before, after, zone }: { before: unknown; after: unknown; zone: string }) {
  const changes = changesOf(before, after, zone);
  if (changes.length === 0) return <span className="text-ink-3">–</span>;
  return (
    <dl className="grid min-w-0 gap-0.5 text-12 max-sm:text-right">
      {changes.map(({ field, from, to }) => (
        <div key={field} className="min-w-0">
          <dt className="inline text-ink-2">{field}: </dt>
          <dd className="inline break-words">
            {from === null ? null : <del className="text-ink-3">{from}</del>}
            {from !== null && to !== null ? ' → ' : null}
            {to}
          </dd>
        </div>
      ))}
    </dl>
  );
}
