'use client';

import type { ActionOut } from '@/lib/containment/schema';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { Status } from '../ui/status';
import { Countdown, Time } from '../ui/time';
import { RUNGS } from './rungs';
import { paramsWords, STATE_WORDS, statusOf } from './words';

type ActionLineProps = { action: ActionOut; zone: string; serverNow: string; act: React.ReactNode };

const labelOf = (action: ActionOut): string => RUNGS.find((rung) => rung.kind === action.kind)?.label ?? action.kind;

/** One action that has not ended: since when, who, why, until when, whom it met, what it saved, and its one act. */
export function ActionLine({ action, zone, serverNow, act }: ActionLineProps) {
  const state = action.state === 'ended' ? 'off' : action.state;
  const { confirmedBy: by } = action;
  return (
    <li className="grid gap-x-4 gap-y-1 border-line border-t px-3 py-2 text-12 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_auto] md:px-4">
      <div className="min-w-0">
        <Status kind={statusOf(state, action.kind)}>
          {labelOf(action)}, {STATE_WORDS[state]}
        </Status>
        <p className="text-ink-2 [overflow-wrap:anywhere]">{paramsWords(action)}</p>
        {by ? (
          <p className="text-ink-2 tabular-nums">
            {by.of === 0
              ? 'no process that decides is running'
              : `confirmed by ${by.confirmed} of ${by.of} processes${by.seconds === null ? '' : ` in ${by.seconds.toFixed(1)} s`}`}
          </p>
        ) : null}
      </div>
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <Time at={action.startedAt ?? action.createdAt} zone={zone} />, {action.cause === 'threshold' ? 'by a level' : `by ${action.who}`}
          : “{action.reason}”
        </p>
        <p className="text-ink-2 tabular-nums">
          {action.startedAt === null ? (
            'waits for a yes'
          ) : action.expiresAt === null ? (
            'until someone ends it'
          ) : (
            <>
              ends <Countdown until={action.expiresAt} serverNow={serverNow} over="now" />, <Time at={action.expiresAt} zone={zone} />
            </>
          )}
        </p>
        {action.startedAt === null ? null : <p className="text-ink-2 tabular-nums">{effectWords(action)}</p>}
        {action.asDeclared.length > 0 ? (
          <p className="text-warn">As declared by the caller: {action.asDeclared.join(', ')}. Pin it in the key to be sure.</p>
        ) : null}
      </div>
      <div className="flex items-start justify-end gap-2">{act}</div>
    </li>
  );
}

/** What it has done so far: measured savings and estimates are never one figure. */
export function effectWords(action: ActionOut): string {
  const calls = `${formatCount(action.callsAffected)} ${action.kind === 'route' ? 'calls rerouted' : 'calls refused'}`;
  const customers = action.customersAffected > 0 ? `, ${formatCount(action.customersAffected)} customers` : '';
  if (action.kind === 'route') return `${calls}${customers}; saved ${formatMoney(action.savedNanoUsd)}, measured`;
  const notSpent =
    action.notSpentNanoUsd === null ? '' : `; not spent ${formatMoney(action.notSpentNanoUsd, { sign: 'estimate' })}, an estimate`;
  return `${calls}${customers}${notSpent}`;
}
