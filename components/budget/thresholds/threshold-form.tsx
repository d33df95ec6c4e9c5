'use client';

import { useRef, useState } from 'react';
import { useSetThresholds } from '@/lib/budget/client';
import type { LevelChoices } from '@/lib/budget/read/level-choices';
import type { BudgetOut } from '@/lib/budget/schema';
import { levelPercent } from '@/lib/budget/threshold/level-lines';
import type { ApiProblem } from '@/lib/http/call';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/panel';
import { Banner } from '../../ui/states';
import { sayDone } from '../../ui/toast';
import { ConfirmStop } from '../acts/confirm-stop';
import { AddAhead } from './add-ahead';
import { faultsOf, itemsOf, rowOf, wasOf } from './draft';
import { ThresholdRow } from './threshold-row';
import { useDraft } from './use-draft';

type ThresholdFormProps = {
  budget: BudgetOut;
  /** What its levels may name. */
  choices: LevelChoices;
  /** Why this person may not change it; null when they may. */
  readOnly: string | null;
};

/** What happens at which level, whom it tells and what it sets off, as rows with a sentence each. Saved whole, against the version that was seen. */
export function ThresholdForm({ budget, choices, readOnly }: ThresholdFormProps) {
  const draft = useDraft(budget);
  const save = useSetThresholds(budget.id);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  // What is not filled in yet is told when someone tries to save it; a level that is none, at once.
  const [told, setTold] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const faults = draft.rows.map((row) => faultsOf(row, draft.rows));
  const items = itemsOf(draft.rows);
  const send = (confirm: boolean) => {
    setTold(true);
    if (!items || faults.some((each) => Object.keys(each).length > 0)) {
      setTimeout(() => list.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setProblem(null);
    save.mutate(
      { etag: draft.etag, items, confirm },
      {
        onSuccess: () => {
          draft.discard();
          setTold(false);
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
    setTold(false);
    draft.discard();
  };
  const { current } = budget;
  const facts = {
    ...{ amountNanoUsd: current.amountNanoUsd, chargedNanoUsd: current.chargedNanoUsd, enforces: budget.mode === 'enforce' },
    names: new Map(choices.targets.map((each) => [each.value, each.label])),
  };
  const saved = new Map(draft.saved.map((each) => [each.id, rowOf(each)]));
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
      <ul ref={list}>
        {draft.rows.map((row, index) => {
          const errorAt = (end: string) =>
            (told || end === '/at' ? faults[index]?.[end] : undefined) ?? problem?.at(`/items/${index}${end}`);
          const inside = /^\/(actions|tell)/;
          const pointer = `/items/${index}`;
          return (
            <ThresholdRow
              key={row.key}
              row={row}
              saved={saved.get(row.key)}
              was={wasOf(row, draft.saved)}
              errorAt={errorAt}
              mustOpen={
                (told && Object.keys(faults[index] ?? {}).some((end) => inside.test(end))) ||
                (problem?.errors.some(
                  (each) => each.pointer.startsWith(`${pointer}/`) && inside.test(each.pointer.slice(pointer.length)),
                ) ??
                  false)
              }
              budget={facts}
              choices={choices}
              readOnly={readOnly !== null}
              onChange={(part) => draft.change(row.key, part)}
              onRemove={() => draft.remove(row.key)}
            />
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center gap-2 border-line border-t px-3 py-2.5 md:px-4">
        {readOnly ? (
          <p className="text-12 text-ink-2">{readOnly}</p>
        ) : (
          <>
            <Button small icon="plus" onClick={() => draft.add()}>
              Add a level
            </Button>
            <AddAhead rows={draft.rows} isDay={budget.period === 'day'} onAdd={draft.add} />
            {problem && problem.code !== 'etag.mismatch' && problem.code !== 'budget.raises_stop' && problem.errors.length === 0 ? (
              <p role="alert" className="min-w-0 flex-1 text-12 text-stop">
                {problem.detail}
              </p>
            ) : null}
            <span className="ml-auto flex gap-2">
              {draft.changes > 0 ? <Button onClick={undo}>Discard</Button> : null}
              <Button kind="primary" disabled={draft.changes === 0 || isConflict} busy={save.isPending} onClick={() => send(false)}>
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
