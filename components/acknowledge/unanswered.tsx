import type { LinkPage } from '@/lib/breach/link/read';
import { formatTime } from '@/lib/kernel/format-time';
import { Icon } from '../ui/icon';
import { Status, type StatusKind } from '../ui/status';
import { AcknowledgeFrame, BIG, Line } from './frame';
import { calls, spentOfLimit, unansweredLine } from './words';

const isStatus = (kind: string): StatusKind =>
  kind === 'stopped' || kind === 'in_force' || kind === 'taking_hold' || kind === 'failed' ? kind : 'prepared';

/** Before anybody has it: what stopped, what it spends and refuses, what holds already, and one button. */
export function UnansweredView({ page, action }: { page: LinkPage; action: string }) {
  const { breach, zone } = page;
  const { spent, limit, share } = spentOfLimit(page);
  return (
    <AcknowledgeFrame at={page.now} zone={zone}>
      <div className="my-4 grid grid-cols-[36px_1fr] items-center gap-x-2.5">
        <span className={breach.isStopped ? 'text-stop' : 'text-warn'}>
          <Icon name={breach.isStopped ? 'stopped' : 'warn'} className="size-9" />
        </span>
        <div>
          <h1 className="text-balance font-semibold text-20 leading-6 tracking-[-.015em]">{breach.title}</h1>
          <p className="text-ink-2">{unansweredLine(page)}</p>
        </div>
      </div>
      <dl className="border-line border-t">
        <Line
          name="Spent of limit"
          note={limit}
          bar={
            <dd aria-hidden="true" className="relative col-span-2 mt-2 block h-2 rounded-1 bg-sunken">
              <span
                className={`absolute inset-y-0 left-0 rounded-1 ${breach.isStopped ? 'bg-stop' : 'bg-accent'}`}
                style={{ width: `${share * 100}%` }}
              />
            </dd>
          }
        >
          {spent}
        </Line>
        <Line name="Refused" note="calls per minute">
          {calls(page.refusedPerMinute)}
        </Line>
      </dl>
      <h2 className="mt-3 mb-1 font-semibold text-13 text-ink-2">
        {page.contained.length > 0 ? 'Already contained' : 'Nothing holds it back yet'}
      </h2>
      <ul className="text-15">
        {page.contained.map((each) => (
          <li key={each.words} className="flex items-baseline gap-2 py-[5px]">
            <Status kind={isStatus(each.kind)} className="text-15">
              {each.words}
            </Status>
            <span className="ml-auto text-12 text-ink-2">since {formatTime(each.since, zone)}</span>
          </li>
        ))}
      </ul>
      <form method="post" action={action} className="mt-auto pt-4">
        <input type="hidden" name="act" value="acknowledge" />
        <label>
          <span className="sr-only">Note, optional</span>
          <input
            name="note"
            maxLength={2000}
            autoComplete="off"
            placeholder="Note, optional"
            className="h-11 w-full rounded-2 border border-control-line bg-surface px-3 text-[16px] text-ink placeholder:text-ink-3"
          />
        </label>
        <button type="submit" className={`${BIG} mt-2`}>
          Acknowledge
        </button>
      </form>
      <p className="mt-2.5 text-balance text-center text-12 text-ink-2">Stops the climb. Changes nothing else.</p>
    </AcknowledgeFrame>
  );
}
