'use client';

import type { HistoryOut } from '@/lib/budget/read/history';
import type { BudgetOut } from '@/lib/budget/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { useLiftStop } from '@/lib/stop/client';
import { Button } from '../ui/button';
import { Banner } from '../ui/states';
import { sayDone } from '../ui/toast';
import { outcomeOf, ReasonDialog } from './acts/reason-dialog';

/** Why a stop was raised, as a clause. */
export const CAUSE_WORDS: Record<string, string> = {
  charged: 'what is charged reached the limit',
  no_room: 'an ordinary call does not fit any more',
  by_hand: 'a person stopped it',
  amount_lowered: 'its limit was lowered below what is charged',
  enforced: 'it was past its limit when it began to enforce',
};

type StopBannerProps = { budget: BudgetOut; stop: HistoryOut['stops'][number] | undefined; zone: string; mayLift: boolean };

/** The open stop: since when, why, until when, and who can lift it. */
export function StopBanner({ budget, stop, zone, mayLift }: StopBannerProps) {
  const lift = useLiftStop(budget.id);
  if (budget.current.stopId === null) return null;
  const since = stop ? ` since ${formatDayTime(stop.raisedAt, zone)}` : '';
  const why = stop ? `${CAUSE_WORDS[stop.cause] ?? stop.cause}${stop.reason ? `: “${stop.reason}”` : ''}` : null;
  const because = why === null ? '' : `: ${why}`;
  if (budget.mode === 'observe')
    return (
      <Banner kind="observes" word="would be stopped">
        Past its limit{since}
        {because}. It observes, so calls still pass.
      </Banner>
    );
  const { stopId } = budget.current;
  const action = mayLift ? (
    <ReasonDialog
      shape="sheet"
      trigger={<Button small>Lift the stop…</Button>}
      title={`Lift the stop of ${budget.name}`}
      label="Why"
      hint="Kept with the stop, and in its history."
      act="Lift the stop"
      kind="primary"
      busy={lift.isPending}
      onSay={(words) =>
        outcomeOf(lift.mutateAsync({ stopId, why: words }).then(() => sayDone(`The stop of ${budget.name} is lifted: calls pass again.`)))
      }
    >
      <p>
        Calls of its scope pass again from the next one on. It needs room: {formatMoney(budget.current.chargedNanoUsd)} is charged and its
        limit is {formatMoney(budget.current.limitNanoUsd)}. Without room, raise the amount first; the first call would raise the stop
        again.
      </p>
    </ReasonDialog>
  ) : null;
  const week = budget.period === 'day' || budget.period === 'week';
  return (
    <Banner kind="stopped" word="stopped" action={action}>
      Paid calls are refused{since}
      {because}. {week ? `A new ${budget.period} lifts it by itself.` : 'It stays until someone lifts it.'}
      {mayLift ? '' : ' An operator, an admin or its owner can.'}
    </Banner>
  );
}
