'use client';

import { useState } from 'react';
import { useChangeBudget } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import { Dialog } from '../ui/overlay/dialog';
import { sayDone } from '../ui/toast';
import { AnswerFields, type Answering, type AnswersChoice } from './answer-fields';

/** Changes who owns a budget, and whose policy answers for its breaches. */
export function AnswersDialog({ budget, choice }: { budget: BudgetOut; choice: AnswersChoice }) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Answering>(budget);
  const change = useChangeBudget(budget.id);
  const turn = (next: boolean) => {
    setDraft({ ownerId: budget.ownerId, escalationPolicyId: budget.escalationPolicyId });
    change.reset();
    setOpen(next);
  };
  const save = () =>
    change.mutate(
      { etag: budget.etag, patch: { ownerId: draft.ownerId, escalationPolicyId: draft.escalationPolicyId } },
      {
        onSuccess: () => {
          setOpen(false);
          sayDone(`Who answers for ${budget.name} is saved.`);
        },
      },
    );
  return (
    <Dialog
      trigger={
        <Button small kind="text" className="h-6! px-1!" aria-label="Change who answers">
          Change…
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`Who answers for ${budget.name}`}
      sub="Breaches that are open go on as they began."
      foot={
        <>
          <FormFault problem={change.error} fields={['/ownerId', '/escalationPolicyId']} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Cancel</Button>
            <Button kind="primary" busy={change.isPending} disabled={change.error?.code === 'etag.mismatch'} onClick={save}>
              Save
            </Button>
          </div>
        </>
      }
    >
      <div className="grid gap-4">
        <AnswerFields value={draft} choice={choice} errorAt={(pointer) => change.error?.at(pointer)} onChange={setDraft} />
      </div>
    </Dialog>
  );
}
