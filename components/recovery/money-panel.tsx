'use client';

import Link from 'next/link';
import { useState } from 'react';
import { formatCount, formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { useChooseRoom } from '@/lib/recovery/client';
import type { PlanOut, Room } from '@/lib/recovery/schema';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import { RadioCards } from '../ui/form/radio-cards';
import { Facts, Panel } from '../ui/panel';
import { Time } from '../ui/time';

type MoneyPanelProps = { plan: PlanOut; zone: string; mayAct: boolean };

/** The first question of a plan: where the money comes from, and what that lets flow a day. */
export function MoneyPanel({ plan, zone, mayAct }: MoneyPanelProps) {
  const [room, setRoom] = useState<Room | null>(plan.room);
  const choose = useChooseRoom(plan.id);
  const { money } = plan;
  const cards: { value: Room; label: string; text: string }[] = [
    {
      value: 'wait',
      label: 'Wait for the next period',
      text: money.wait
        ? `${formatDayTime(money.wait.startsAt, zone)}; then ${formatMoney(money.wait.targetNanoUsdPerDay)} a day`
        : 'No period follows: it has fixed dates.',
    },
    { value: 'raise', label: 'Raise the amount', text: 'On the budget’s page, by an analyst or an admin; the target follows.' },
    {
      value: 'grant',
      label: 'Grant from the reserve',
      text: `At most ${formatMoney(money.grant.atMostNanoUsd)}; a second person approves it.`,
    },
  ];
  return (
    <Panel title="Where the money comes from" aside={plan.roomAt ? <Time at={plan.roomAt} zone={zone} /> : 'not answered'}>
      <div className="grid gap-3 p-3 md:p-4">
        {mayAct && plan.phase !== 'closed' ? (
          <>
            <RadioCards label="Where the money comes from" cards={cards} value={room} onValueChange={setRoom} />
            <FormFault problem={choose.error} fields={[]} />
            <span className="flex flex-wrap justify-end gap-2">
              {room === 'raise' || room === 'grant' ? (
                <Link
                  href={`/budgets/${plan.budgetId}${room === 'grant' ? '#grants' : ''}`}
                  className="self-center text-12 text-accent-ink hover:underline"
                >
                  {room === 'raise' ? 'Raise it on the budget’s page' : 'Ask for it on the budget’s page'}
                </Link>
              ) : null}
              <Button
                small
                kind="primary"
                busy={choose.isPending}
                disabled={room === null || room === plan.room}
                onClick={() => room && choose.mutate(room)}
              >
                Answer
              </Button>
            </span>
          </>
        ) : (
          <p>{cards.find((card) => card.value === plan.room)?.label ?? 'Nobody has answered yet.'}</p>
        )}
      </div>
      <Facts
        items={[
          { name: `Limit, of ${formatMoney(money.amountNanoUsd)}`, value: formatMoney(money.limitNanoUsd) },
          { name: 'Charged', value: formatMoney(money.chargedNanoUsd) },
          { name: 'Room', value: <b>{formatMoney(money.roomNanoUsd, { signed: true })}</b> },
          {
            name: `÷ ${formatCount(money.daysLeft)} ${money.daysLeft === 1 ? 'day' : 'days'} left = target a day`,
            value: <b>{formatMoney(plan.targetNanoUsdPerDay ?? money.targetNanoUsdPerDay)}</b>,
          },
        ]}
      />
    </Panel>
  );
}
