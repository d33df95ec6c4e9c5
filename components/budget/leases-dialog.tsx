'use client';

import { useState } from 'react';
import { useChangeBudget } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { Button } from '../ui/button';
import { FormFault } from '../ui/form/form-fault';
import { RadioCards } from '../ui/form/radio-cards';
import { Dialog } from '../ui/overlay/dialog';
import { sayDone } from '../ui/toast';

type Leases = 'given' | 'none';

/** Changes whether programs may be given some of a budget at a time, to decide by themselves. */
export function LeasesDialog({ budget }: { budget: BudgetOut }) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Leases>('none');
  const change = useChangeBudget(budget.id);
  const turn = (next: boolean) => {
    setDraft(budget.leases ? 'given' : 'none');
    change.reset();
    setOpen(next);
  };
  const save = () =>
    change.mutate(
      { etag: budget.etag, patch: { leases: draft === 'given' } },
      {
        onSuccess: () => {
          setOpen(false);
          sayDone(draft === 'given' ? `${budget.name} gives leases.` : `${budget.name} gives no more leases.`);
        },
      },
    );
  return (
    <Dialog
      trigger={
        <Button small kind="text" className="h-6! px-1!" aria-label="Change leases">
          Change…
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title={`Leases of ${budget.name}`}
      sub="A program gets one where every budget that its calls meet gives them. Those given already finish inside their money."
      foot={
        <>
          <FormFault problem={change.error} fields={['/leases']} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Cancel</Button>
            <Button kind="primary" busy={change.isPending} disabled={change.error?.code === 'etag.mismatch'} onClick={save}>
              Save
            </Button>
          </div>
        </>
      }
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
    </Dialog>
  );
}
