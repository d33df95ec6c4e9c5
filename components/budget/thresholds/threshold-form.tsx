'use client';

import { useState } from 'react';
import { useSetThresholds } from '@/lib/budget/client';
import type { BudgetOut } from '@/lib/budget/schema';
import { levelPercent } from '@/lib/budget/threshold/level-lines';
import type { ApiProblem } from '@/lib/http/call';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/panel';
import { Banner } from '../../ui/states';
import { sayDone } from '../../ui/toast';
import { ConfirmStop } from '../acts/confirm-stop';
import { faultOf, itemsOf, wasOf } from './draft';
import { ThresholdRow } from './threshold-row';
import { useDraft } from './use-draft';

/**
 * What happens at which level, as rows with a sentence each. Saved whole, against the version that was seen.
 * @param readOnly why this person may not change it; null when they may
 */
export function ThresholdForm({ budget, readOnly }: { budget: BudgetOut; readOnly: string | null }) {
  const draft = useDraft(budget);
  const save = useSetThresholds(budget.id);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const faults = draft.rows.map((row) => faultOf(row, draft.rows));
  const items = itemsOf(draft.rows);
  const send = (confirm: boolean) => {
    if (!items) return;
    setProblem(null);
    save.mutate(
      { etag: draft.etag, items, confirm },
      {
        onSuccess: () => {
          draft.discard();
          sayDone('Levels saved.');
        },
        onError: setProblem,
      },
    );
  };
  const keepMine = () => {
    setProblem(null);
    draft.keepMine();
  };
  const undo = () => {
    setProblem(null);
    draft.discard();
  };
  const { current } = budget;
  const facts = { amountNanoUsd: current.amountNanoUsd, chargedNanoUsd: current.chargedNanoUsd, enforces: budget.mode === 'enforce' };
  const isConflict = draft.theirs !== null || problem?.code === 'etag.mismatch';
  const aside = readOnly
    ? 'read only'
    : draft.changes > 0
      ? `${draft.changes} unsaved ${draft.changes === 1 ? 'change' : 'changes'}`
      : null;
  return (
    <Panel
      title={<span id="levels">What happens at which level</span>}
      aside={
        aside ? (
          <b className="font-semibold text-accent-ink">{aside}</b>
        ) : (
          <span className="max-sm:hidden">of the amount, by what is charged</span>
        )
      }
    >
      {isConflict ? <Conflict theirs={draft.theirs} isRead={draft.isBehind} onMine={keepMine} onTheirs={undo} /> : null}
      <ul>
        {draft.rows.map((row, index) => (
          <ThresholdRow
            key={row.key}
            row={row}
            was={wasOf(row, draft.saved)}
            error={faults[index] ?? problem?.at(`/items/${index}/at`) ?? problem?.at(`/items/${index}`)}
            budget={facts}
            readOnly={readOnly !== null}
            onChange={(part) => draft.change(row.key, part)}
            onRemove={() => draft.remove(row.key)}
          />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2 border-line border-t px-3 py-2.5 md:px-4">
        {readOnly ? (
          <p className="text-12 text-ink-2">{readOnly}</p>
        ) : (
          <>
            <Button small icon="plus" onClick={draft.add}>
              Add a level
            </Button>
            {problem && problem.code !== 'etag.mismatch' && problem.code !== 'budget.raises_stop' && problem.errors.length === 0 ? (
              <p role="alert" className="min-w-0 flex-1 text-12 text-stop">
                {problem.detail}
              </p>
            ) : null}
            <span className="ml-auto flex gap-2">
              {draft.changes > 0 ? <Button onClick={undo}>Discard</Button> : null}
              <Button
                kind="primary"
                disabled={draft.changes === 0 || items === null || faults.some(Boolean) || isConflict}
                busy={save.isPending}
                onClick={() => send(false)}
              >
                Save levels
              </Button>
            </span>
          </>
        )}
      </div>
      <ConfirmStop
        problem={problem}
        act="Save, and stop now"
        busy={save.isPending}
        onConfirm={() => send(true)}
        onClose={() => setProblem(null)}
      />
    </Panel>
  );
}

type ConflictProps = { theirs: BudgetOut | null; isRead: boolean; onMine: () => void; onTheirs: () => void };

/** Someone else was first: what they set, and whose levels stay. */
function Conflict({ theirs, isRead, onMine, onTheirs }: ConflictProps) {
  const levels = theirs?.thresholds.map((each) => `${each.kind} ${levelPercent(each.at)}`).join(', ');
  const choice = (
    <span className="flex gap-2">
      <Button small onClick={onTheirs}>
        Take theirs
      </Button>
      <Button small onClick={onMine} disabled={!isRead}>
        Keep mine
      </Button>
    </span>
  );
  return (
    <Banner kind="warn" word="changed" flush action={choice}>
      Someone changed this a moment ago. Review.{' '}
      {levels ? `Theirs: ${levels}; yours stand below.` : isRead ? 'The levels are as they were.' : 'Reading what they set…'}
    </Banner>
  );
}
