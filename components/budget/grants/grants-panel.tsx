'use client';

import { useState } from 'react';
import { useGrants } from '@/lib/budget/grant/client';
import type { GrantOut } from '@/lib/budget/grant/schema';
import type { BudgetOut } from '@/lib/budget/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import type { Calendar } from '@/lib/kernel/period';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/panel';
import { AskForGrant } from './ask-for-grant';
import { GrantLine } from './grant-line';
import { type MayGrant, reserveLeft } from './words';

type GrantsPanelProps = { budget: BudgetOut; initial: GrantOut[]; calendar: Calendar; serverNow: string; may: MayGrant };

const SHOWN = 3;

/** Grants out of a budget's reserve: those that wait and those that are open, each with its acts, then what has been. */
export function GrantsPanel({ budget, initial, calendar, serverNow, may }: GrantsPanelProps) {
  const { data: grants = initial } = useGrants(budget.id, initial);
  const [isWhole, setWhole] = useState(false);
  const left = reserveLeft(budget);
  const mayAsk = may.ask && budget.mode === 'enforce' && budget.endedAt === null && left > 0n;
  const live = grants.filter((each) => each.state !== 'ended');
  const ended = grants.filter((each) => each.state === 'ended');
  const line = (grant: GrantOut) => <GrantLine key={grant.id} grant={grant} zone={calendar.zone} may={may} />;
  return (
    <Panel
      id="grants"
      title="Grants"
      aside={`${formatMoney(left)} of the reserve left`}
      actions={mayAsk ? <AskForGrant budget={budget} calendar={calendar} serverNow={serverNow} /> : null}
    >
      {live.length > 0 ? <ul>{live.map(line)}</ul> : <p className="px-3 py-3 text-12 text-ink-2 md:px-4">{noneWords(budget, left)}</p>}
      {ended.length > 0 ? (
        <div className="border-line border-t">
          <h3 className="px-3 pt-2 font-semibold text-12 text-ink-2 md:px-4">Before</h3>
          <ul>{ended.slice(0, isWhole ? undefined : SHOWN).map(line)}</ul>
          {ended.length > SHOWN ? (
            <div className="border-line border-t px-2 py-1.5">
              <Button small kind="text" onClick={() => setWhole(!isWhole)}>
                {isWhole ? 'Show the newest' : `Show all ${ended.length}`}
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
    </Panel>
  );
}

function noneWords(budget: BudgetOut, left: bigint): string {
  if (budget.endedAt !== null) return 'It has ended: there is no reserve any more.';
  if (budget.mode === 'observe') return 'It observes and refuses nothing: nobody needs a grant here.';
  if (left === 0n) return 'Nothing of the reserve is left to grant in this period. Raise the amount instead.';
  return 'None is open. A grant lets chosen calls spend out of the reserve once a second person approves it.';
}
