'use client';

import { useState } from 'react';
import { useChangeBudget } from '@/lib/budget/client';
import type { RefusalsOut } from '@/lib/budget/read/refusals';
import type { BudgetOut } from '@/lib/budget/schema';
import type { ApiProblem } from '@/lib/http/call';
import { formatCount } from '@/lib/kernel/format-money';
import { Button } from '../ui/button';
import { RadioCards } from '../ui/form/radio-cards';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { sayDone } from '../ui/toast';
import { ConfirmStop } from './acts/confirm-stop';

type Mode = BudgetOut['mode'];

const counted = (count: number, one: string): string => `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;

function refusedWords({ calls, customers }: RefusalsOut['refused'], verb: string): string {
  const of = customers > 0 ? ` of ${counted(customers, 'customer')}` : '';
  return `In this period it ${verb} ${counted(calls, 'call')}${of}.`;
}

/** Observe or enforce, with what it would have refused so far. The choice is saved by its own button: nothing here acts on a press alone. */
export function ModePanel({ budget, refusals, readOnly }: { budget: BudgetOut; refusals: RefusalsOut; readOnly: string | null }) {
  const [picked, setPicked] = useState<Mode | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const change = useChangeBudget(budget.id);
  const mode = picked ?? budget.mode;
  const isChanged = mode !== budget.mode;
  const send = (confirm: boolean) => {
    setProblem(null);
    change.mutate(
      { etag: budget.etag, patch: { mode, confirm } },
      {
        onSuccess: () => {
          setPicked(null);
          sayDone(mode === 'enforce' ? `${budget.name} enforces now.` : `${budget.name} observes now: nothing is refused.`);
        },
        onError: setProblem,
      },
    );
  };
  return (
    <Panel
      title={<span id="mode">Mode</span>}
      aside={budget.mode === 'enforce' ? <Status kind="ok">enforces</Status> : <Status kind="observes">observes</Status>}
      padded
    >
      <RadioCards<Mode>
        label="Mode"
        value={mode}
        disabled={readOnly !== null}
        onValueChange={setPicked}
        cards={[
          {
            value: 'observe',
            label: 'Observe',
            text: `Everything is decided and recorded, nothing refused. ${refusedWords(refusals.wouldHaveRefused, 'would have refused')}`,
          },
          { value: 'enforce', label: 'Enforce', text: `Refuses at the stop. ${refusedWords(refusals.refused, 'has refused')}` },
        ]}
      />
      {readOnly ? <p className="mt-2 text-12 text-ink-2">{readOnly}</p> : null}
      {problem && problem.code !== 'budget.raises_stop' ? (
        <p role="alert" className="mt-2 text-12 text-stop">
          {problem.detail}
        </p>
      ) : null}
      {isChanged ? (
        <div className="mt-3 flex justify-end gap-2">
          <Button small onClick={() => setPicked(null)}>
            Discard
          </Button>
          <Button small kind="primary" busy={change.isPending} onClick={() => send(false)}>
            {mode === 'enforce' ? 'Enforce from now' : 'Observe from now'}
          </Button>
        </div>
      ) : null}
      <ConfirmStop
        problem={problem}
        act="Enforce, and stop now"
        busy={change.isPending}
        onConfirm={() => send(true)}
        onClose={() => setProblem(null)}
      />
    </Panel>
  );
}
