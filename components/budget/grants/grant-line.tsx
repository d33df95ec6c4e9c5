'use client';

import { useApproveGrant, useEndGrant } from '@/lib/budget/grant/client';
import type { GrantOut } from '@/lib/budget/grant/schema';
import { formatMoney } from '@/lib/kernel/format-money';
import { formatDayTime } from '@/lib/kernel/format-time';
import { Button } from '../../ui/button';
import { Status } from '../../ui/status';
import { Time } from '../../ui/time';
import { sayDone } from '../../ui/toast';
import { outcomeOf, ReasonDialog } from '../acts/reason-dialog';
import { ApproveGrant } from './approve-grant';
import { grantFor, grantStatus, grantUse, type MayGrant } from './words';

type GrantLineProps = { grant: GrantOut; zone: string; may: MayGrant };

/** One grant: how much, for which calls, why, who asked and who approved, until when, what is spent of it, and what can be done. */
export function GrantLine({ grant, zone, may }: GrantLineProps) {
  const [kind, word] = grantStatus(grant);
  return (
    <li className="grid gap-1 border-line border-t px-3 py-2 text-12 first:border-t-0 md:px-4">
      <span className="flex flex-wrap items-baseline justify-between gap-x-2">
        <b className="font-semibold text-13 tabular-nums">{formatMoney(grant.amountNanoUsd)}</b>
        <Status kind={kind}>{word}</Status>
      </span>
      <p className="[overflow-wrap:anywhere]">
        For {grantFor(grant)}: “{grant.reason}”
      </p>
      <p className="text-ink-2">
        {grant.askedByName} asked, <Time at={grant.askedAt} zone={zone} />
        {grant.approvedAt !== null ? (
          <>
            ; {grant.approvedByName} approved, <Time at={grant.approvedAt} zone={zone} />
          </>
        ) : null}
      </p>
      {grant.approvedAt === null ? null : <p className="text-ink-2 tabular-nums">{grantUse(grant)}</p>}
      {grant.endedAt !== null ? (
        <p className="text-ink-2 [overflow-wrap:anywhere]">
          {grant.endedByName === null ? 'Over' : `${grant.endedByName} ended it`} <Time at={grant.endedAt} zone={zone} />: “{grant.endedWhy}
          ”
        </p>
      ) : (
        <p className="text-ink-2">Ends {formatDayTime(grant.expiresAt, zone)} at the latest.</p>
      )}
      {grant.state === 'ended' ? null : <Acts grant={grant} zone={zone} may={may} />}
    </li>
  );
}

function Acts({ grant, zone, may }: GrantLineProps) {
  const approve = useApproveGrant(grant.budgetId);
  const end = useEndGrant(grant.budgetId);
  const isOwn = grant.askedBy === may.self;
  const amount = formatMoney(grant.amountNanoUsd);
  const ending =
    grant.state === 'open'
      ? { button: 'End…', title: `End the grant of ${amount}`, act: 'End the grant', done: 'has ended' }
      : isOwn
        ? { button: 'Take back…', title: `Take back what you asked for`, act: 'Take it back', done: 'is taken back' }
        : { button: 'Decline…', title: `Decline the grant of ${amount}`, act: 'Decline it', done: 'is declined' };
  return (
    <>
      {grant.state === 'asked' && isOwn ? <p className="text-ink-2">You asked for it, so somebody else approves it.</p> : null}
      <span className="flex flex-wrap justify-end gap-2">
        {may.end || isOwn ? (
          <ReasonDialog
            trigger={<Button small>{ending.button}</Button>}
            title={ending.title}
            label="Why"
            hint="Kept with the grant; whoever asked for it is told."
            act={ending.act}
            kind={grant.state === 'open' ? 'danger' : 'primary'}
            busy={end.isPending}
            onSay={(reason) =>
              outcomeOf(end.mutateAsync({ id: grant.id, reason }).then(() => sayDone(`The grant of ${amount} ${ending.done}.`)))
            }
          >
            <p>
              {grant.state === 'open'
                ? 'What was granted becomes what was spent of it. Calls under way finish inside their money; where nothing is left without it, the budget is stopped.'
                : 'Nothing of the reserve is spent.'}
            </p>
          </ReasonDialog>
        ) : null}
        {grant.state === 'asked' && may.approve && !isOwn ? <ApproveGrant grant={grant} zone={zone} approve={approve} /> : null}
      </span>
    </>
  );
}
