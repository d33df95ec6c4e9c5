'use client';

import { useState } from 'react';
import { useChangeBudget } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { Button } from '../ui/button';
import { RadioCards } from '../ui/form/radio-cards';
import { SaveDialog } from '../ui/overlay/save-dialog';

type Leases = 'given' | 'none';

/** Changes whether programs may be given some of a budget at a time, to decide by themselves. */
export function LeasesDialog({ budget }: { budget: BudgetOut }) {
  const [draft, setDraft] = useState<Leases>('none');
  return (
    <SaveDialog
      trigger={
        <Button small kind="text" className="h-6! px-1!" aria-label="Change leases">
          Change…
        </Button>
      }
      title={`Leases of ${budget.name}`}
      sub="A program gets one where every budget that its calls meet gives them. Those given already finish inside their money."
      saving={useChangeBudget(budget.id)}
      onTurn={() => setDraft(budget.leases ? 'given' : 'none')}
      input={() => ({ etag: budget.etag, patch: { leases: draft === 'given' } })}
      done={(saved) => (saved.leases ? `${saved.name} gives leases.` : `${saved.name} gives no more leases.`)}
      fields={['/leases']}
    >
      <RadioCards<Leases>
        label="Leases"
        value={draft}
        onValueChange={setDraft}
        cards={[
          { value: 'none', label: 'None', text: 'Every call is asked for. While Hardstop cannot be asked, nothing is spent.' },
          {
            value: 'given',
            label: 'Given',
            text: 'A program may hold a second of recent spend, at most 1 % of what is left, and decide on it by itself: without a request for each call.',
          },
        ]}
      />
    </SaveDialog>
  );
}
