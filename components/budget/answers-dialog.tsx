'use client';

import { useState } from 'react';
import { useChangeBudget } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { Button } from '../ui/button';
import { SaveDialog } from '../ui/overlay/save-dialog';
import { AnswerFields, type Answering, type AnswersChoice } from './answer-fields';

/** Changes who owns a budget, and whose policy answers for its breaches. */
export function AnswersDialog({ budget, choice }: { budget: BudgetOut; choice: AnswersChoice }) {
  const [draft, setDraft] = useState<Answering>(budget);
  const change = useChangeBudget(budget.id);
  return (
    <SaveDialog
      trigger={
        <Button small kind="text" className="h-6! px-1!" aria-label="Change who answers">
          Change…
        </Button>
      }
      title={`Who answers for ${budget.name}`}
      sub="Breaches that are open go on as they began."
      saving={change}
      onTurn={() => setDraft({ ownerId: budget.ownerId, escalationPolicyId: budget.escalationPolicyId })}
      input={() => ({ etag: budget.etag, patch: { ownerId: draft.ownerId, escalationPolicyId: draft.escalationPolicyId } })}
      done={() => `Who answers for ${budget.name} is saved.`}
      fields={['/ownerId', '/escalationPolicyId']}
    >
      <div className="grid gap-4">
        <AnswerFields value={draft} choice={choice} errorAt={(pointer) => change.error?.at(pointer)} onChange={setDraft} />
      </div>
    </SaveDialog>
  );
}
