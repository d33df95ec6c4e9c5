'use client';

import { useClosePlan } from '@/lib/recovery/client';
import type { PlanOut } from '@/lib/recovery/schema';
import { outcomeOf, ReasonDialog } from '../budget/acts/reason-dialog';
import { Button } from '../ui/button';

/** Closes the breach with a summary: the report is written from what happened. */
export function ClosePlan({ plan, ready }: { plan: PlanOut; ready: boolean }) {
  const close = useClosePlan(plan.id);
  if (!ready) return <span className="text-12 text-ink-2">It can be closed once all of them are met.</span>;
  return (
    <ReasonDialog
      trigger={
        <Button small kind="primary">
          Close the breach…
        </Button>
      }
      title={`Close the breach of ${plan.budgetName}?`}
      label="What it was, and what changes"
      hint="It stands on top of the report."
      act="Close and write the report"
      kind="primary"
      busy={close.isPending}
      onSay={(summary) => outcomeOf(close.mutateAsync(summary))}
    >
      <p>Everyone who was told of the breach is told of its end. What the breach switched on is taken back.</p>
    </ReasonDialog>
  );
}
