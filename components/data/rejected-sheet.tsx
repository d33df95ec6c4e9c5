'use client';

import type { RejectedOut } from '@/lib/insight/data/doors';
import { sourceName } from '@/lib/insight/data/words';
import { CodeBlock } from '../ui/copy';
import { Dialog } from '../ui/overlay/dialog';
import { Facts } from '../ui/panel';
import { Time } from '../ui/time';

/** One rejected record as it came, beside what is wrong with it. */
export function RejectedSheet({ record, zone, onClose }: { record: RejectedOut; zone: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} shape="sheet" title={record.detail} sub={`Code ${record.code}`}>
      <div className="-mx-4">
        <Facts
          items={[
            {
              name: 'Place',
              value: <span className="break-all font-mono">{record.pointer === '' ? 'the whole record' : record.pointer}</span>,
            },
            { name: 'Event', value: <span className="break-all font-mono">{record.eventId ?? 'none given'}</span> },
            { name: 'Source', value: sourceName(record.source) },
            { name: 'Received', value: <Time at={record.receivedAt} zone={zone} named /> },
          ]}
        />
      </div>
      <CodeBlock label="The record as it came" code={JSON.stringify(record.body, null, 2) ?? 'null'} />
      <p className="text-12 text-ink-2">It is in no figure. Put it right where it comes from and send it again under the same event id.</p>
    </Dialog>
  );
}
