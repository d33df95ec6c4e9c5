import Link from 'next/link';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { Status } from '../ui/status';
import { Time } from '../ui/time';
import { type Call, pricedBy, receivedLine, unitName } from './words';

/** What became of the first call: nothing yet, said live, or what came in and what each part of it was. */
export function Received({ call, zone }: { call: Call | null; zone: string }) {
  if (call === null) {
    return (
      <div
        role="status"
        className="mx-3 mb-3 flex items-center gap-2 rounded-2 border border-line border-dashed px-3 py-3 text-ink-2 md:mx-4 md:mb-4"
      >
        <Status kind="live">listening</Status>
        <span>Nothing has come in yet. It shows here about a second after it does.</span>
      </div>
    );
  }
  const isPriced = call.basis !== 'unpriced';
  return (
    <div
      role="status"
      className={`mx-3 mb-3 rounded-2 border p-3 md:mx-4 md:mb-4 ${isPriced ? 'border-ok/40 bg-ok-tint' : 'border-warn/40 bg-warn-tint'}`}
    >
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-15">
        <Status kind={isPriced ? 'ok' : 'warn'} className="self-center">
          Received.
        </Status>
        <span className="min-w-0 break-words">{receivedLine(call)}</span>
        <span className="text-12 text-ink-2 sm:ml-auto">
          <Time at={call.receivedAt} zone={zone} named />
        </span>
      </div>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-12">
        <dt className="text-ink-2">Workload</dt>
        <dd className="break-words">{call.workload}</dd>
        {Object.entries(call.units).map(([unit, count]) => (
          <div key={unit} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-2">{unitName(unit)}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
        <dt className="text-ink-2">Cost</dt>
        <dd>
          {isPriced ? `${formatMoney(call.amountNanoUsd, { style: 'exact' })}, ` : ''}
          {pricedBy(call)}
          {isPriced ? null : (
            <>
              {' '}
              <Link href="/data#unpriced" className="text-accent-ink underline underline-offset-2">
                Add its price
              </Link>
            </>
          )}
        </dd>
      </dl>
    </div>
  );
}
