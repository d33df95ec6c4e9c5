'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useGenerateDashboard } from '@/lib/playbook/brief/client';
import type { DraftBudget } from '@/lib/playbook/brief/schema';
import { Button } from '../../ui/button';
import { FormFault } from '../../ui/form/form-fault';
import { Dialog } from '../../ui/overlay/dialog';
import { sayDone } from '../../ui/toast';

/** Makes the real dashboard: draft budgets for what has none, each observing, shown before they are made. */
export function DashboardDialog({ drafts }: { drafts: DraftBudget[] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const generate = useGenerateDashboard();
  const turn = (next: boolean) => {
    generate.reset();
    setOpen(next);
  };
  const make = () =>
    generate.mutate(undefined, {
      onSuccess: ({ budgetIds }) => {
        sayDone(`${budgetIds.length} draft budget${budgetIds.length === 1 ? ' is' : 's are'} made, and observe.`);
        router.push('/budgets');
      },
    });
  return (
    <Dialog
      trigger={
        <Button small kind="primary">
          Generate dashboard…
        </Button>
      }
      open={open}
      onOpenChange={turn}
      title="Generate dashboard"
      sub="Draft budgets for what spends and has none of its own. They observe: nothing is refused until you say so."
      foot={
        <>
          <FormFault problem={generate.error} fields={[]} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => turn(false)}>Cancel</Button>
            <Button kind="primary" busy={generate.isPending} onClick={make}>
              {drafts.length === 0 ? 'Go to budgets' : `Make ${drafts.length}`}
            </Button>
          </div>
        </>
      }
    >
      {drafts.length === 0 ? (
        <p className="text-ink-2">Everything that spends and is taken on has a budget of its own. The dashboard is there.</p>
      ) : (
        <ul className="grid gap-2">
          {drafts.map(({ workload, name, amount, currency }) => (
            <li key={workload} className="flex flex-wrap justify-between gap-x-3">
              <b className="font-medium">{name}</b>
              <span>{`${amount} ${currency} a month: notify 50 %, contain 80 %, stop 95 %`}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
