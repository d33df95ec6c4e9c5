'use client';

import { useState } from 'react';
import { useChangeBudget } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { levelLines } from '@/lib/budget/threshold/level-lines';
import type { ApiProblem } from '@/lib/http/call';
import { formatMoney } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { Field } from '../ui/form/field';
import { MoneyInput } from '../ui/form/money-input';
import { RadioCards } from '../ui/form/radio-cards';
import { Dialog } from '../ui/overlay/dialog';
import { sayDone } from '../ui/toast';
import { ConfirmStop } from './acts/confirm-stop';

type From = 'now' | 'next_period';

/** Changes the amount, from now or from the next period; an amount that raises a stop asks first. */
export function AmountDialog({ budget }: { budget: BudgetOut }) {
  const [open, setOpen] = useState(false);
  const [amount, setAmount] = useState(budget.amount);
  const [from, setFrom] = useState<From>('now');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const change = useChangeBudget(budget.id);
  const show = (next: boolean) => {
    if (next) setAmount(budget.nextAmount ?? budget.amount);
    setProblem(null);
    setOpen(next);
  };
  const send = (confirm: boolean) => {
    setProblem(null);
    change.mutate(
      { etag: budget.etag, patch: { amount, from, confirm } },
      {
        onSuccess: () => {
          setOpen(false);
          sayDone(
            from === 'now' ? `The amount is ${amount} ${budget.currency} from now.` : `The next period has ${amount} ${budget.currency}.`,
          );
        },
        onError: setProblem,
      },
    );
  };
  const stop = levelLines(budget).find((line) => line.kind === 'stop');
  const isConflict = problem?.code === 'etag.mismatch';
  return (
    <>
      <Dialog
        trigger={
          <Button small kind="text" className="h-5! px-1!">
            Change…
          </Button>
        }
        open={open}
        onOpenChange={show}
        title={`Amount of ${budget.name}`}
        sub={`Now ${budget.amount} ${budget.currency}; ${stop?.label ?? 'stop'} lies at ${formatMoney(budget.current.limitNanoUsd)}.`}
        foot={
          <>
            {problem && problem.code !== 'budget.raises_stop' && problem.errors.length === 0 ? (
              <p role="alert" className="text-12 text-stop">
                {isConflict ? 'Someone changed this a moment ago. Review the figures, then save again.' : problem.detail}
              </p>
            ) : null}
            <div className="flex justify-end gap-2">
              <Button onClick={() => show(false)}>Cancel</Button>
              <Button kind="primary" busy={change.isPending} disabled={amount === ''} onClick={() => send(false)}>
                {from === 'now' ? 'Change from now' : 'Change from the next period'}
              </Button>
            </div>
          </>
        }
      >
        <Field
          label="New amount"
          hint={`${formatMoney(budget.current.chargedNanoUsd)} is charged in this period.`}
          error={problem?.at('/amount')}
        >
          <MoneyInput value={amount} onValueChange={setAmount} currency={budget.currency} />
        </Field>
        <RadioCards<From>
          label="From when"
          value={from}
          onValueChange={setFrom}
          cards={[
            { value: 'now', label: 'Now', text: 'This period and those after it. Levels move with it; what was drawn stays.' },
            {
              ...{ value: 'next_period', label: 'The next period', disabled: typeof budget.period !== 'string' },
              text: typeof budget.period === 'string' ? 'This period stays as it is.' : 'Fixed dates have no next period.',
            },
          ]}
        />
      </Dialog>
      <ConfirmStop
        problem={problem}
        act="Change, and stop now"
        busy={change.isPending}
        onConfirm={() => send(true)}
        onClose={() => setProblem(null)}
      />
    </>
  );
}
