'use client';

import { useState } from 'react';
import type { HistoryOut } from '@/lib/budget/read/history';
import { levelPercent } from '@/lib/budget/threshold/level-lines';
import { formatMoney, formatPercent } from '@/lib/kernel/format-money';
import { formatDayRange, formatDayTime } from '@/lib/kernel/format-time';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { CAUSE_WORDS } from './stop-banner';

type Entry = { at: string; what: string; detail: string };

const SHOWN = 8;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const levels = (value: unknown): string =>
  Array.isArray(value) ? value.map((each) => `${String(record(each).kind)} ${levelPercent(Number(record(each).at))}`).join(', ') : 'none';

const FIELDS: Record<string, string> = {
  ...{ amount: 'Amount', nextAmount: 'Amount of the next period', mode: 'Mode', name: 'Name', ownerId: 'Owner', leases: 'Leases' },
  ...{ onUnpriced: 'Calls without a price', escalationPolicyId: 'Escalation policy' },
};
/** Leases are the one thing of a budget that is given or not. */
const YES_NO: Record<string, string> = { true: 'given', false: 'none' };
/** What ids of members and policies are called. */
type Names = Record<string, string>;

const valueWords = (value: unknown): string => (value === null || value === undefined ? 'none' : (YES_NO[String(value)] ?? String(value)));

const named = (value: unknown, names: Names): string => names[String(value)] ?? valueWords(value);

function changeEntry({ at, action, actorName, before, after }: HistoryOut['changes'][number], names: Names): Entry {
  if (action === 'budget.created') return { at, what: 'Made', detail: actorName };
  if (action === 'budget.ended') return { at, what: 'Ended', detail: `${actorName}: “${valueWords(record(after).reason)}”` };
  if (action === 'budget.thresholds_set') return { at, what: 'Levels set', detail: `${levels(before)} → ${levels(after)}, ${actorName}` };
  const fields = Object.keys(record(after));
  const what = fields.map(
    (field) => `${FIELDS[field] ?? field} ${named(record(before)[field], names)} → ${named(record(after)[field], names)}`,
  );
  return { at, what: what.join(', ') || 'Changed', detail: actorName };
}

function stopEntries(stop: HistoryOut['stops'][number]): Entry[] {
  const raised = {
    at: stop.raisedAt,
    what: stop.observed ? 'Would have stopped' : 'Stopped',
    detail: CAUSE_WORDS[stop.cause] ?? stop.cause,
  };
  const withReason = stop.reason ? { ...raised, detail: `${raised.detail}: “${stop.reason}”` } : raised;
  return stop.liftedAt ? [{ at: stop.liftedAt, what: 'Stop lifted', detail: `“${stop.liftedWhy ?? ''}”` }, withReason] : [withReason];
}

/** What a budget has been, newest first, and the periods it has had. */
export function HistoryPanel({ history, zone, names }: { history: HistoryOut; zone: string; names: Names }) {
  const [isWhole, setWhole] = useState(false);
  const entries = [...history.stops.flatMap(stopEntries), ...history.changes.map((each) => changeEntry(each, names))].sort((a, b) =>
    a.at === b.at ? 0 : a.at < b.at ? 1 : -1,
  );
  const past = history.periods.slice(1);
  return (
    <Panel title={<span id="history">History</span>} aside="newest first">
      <ol>
        {entries.slice(0, isWhole ? undefined : SHOWN).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two entries may say the same at the same moment
          <li key={`${entry.at} ${index}`} className="border-line border-t px-3 py-2 text-12 text-ink-2 first:border-t-0 md:px-4">
            <b className="block font-medium text-ink [overflow-wrap:anywhere]">{entry.what}</b>
            {formatDayTime(entry.at, zone)}, {entry.detail}
          </li>
        ))}
      </ol>
      {entries.length > SHOWN ? (
        <div className="border-line border-t px-2 py-1.5">
          <Button small kind="text" onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show the newest' : `Show all ${entries.length}`}
          </Button>
        </div>
      ) : null}
      {past.length > 0 ? (
        <dl className="grid gap-1 border-line border-t px-3 py-2.5 text-12 md:px-4">
          {past.slice(0, 6).map((period) => (
            <div key={period.id} className="flex justify-between gap-2">
              <dt className="text-ink-2">{formatDayRange(period.startsAt, period.endsAt, zone)}</dt>
              <dd>
                {formatMoney(period.actualNanoUsd)} <span className="text-ink-3">{formatPercent(period.utilisation, 0)}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Panel>
  );
}
