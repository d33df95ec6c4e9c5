'use client';

import type { BurnUpOut } from '@/lib/budget/burn-up/schema';
import { useBudget, useEndBudget, useHistory, useRefusals } from '@/lib/budget/client';
import type { GrantOut } from '@/lib/budget/grant/schema';
import type { HistoryOut } from '@/lib/budget/read/history';
import type { LevelChoices } from '@/lib/budget/read/level-choices';
import type { RefusalsOut } from '@/lib/budget/read/refusals';
import type { BudgetOut } from '@/lib/budget/schema';
import type { Bound } from '@/lib/insight/overview/bounds';
import type { Calendar } from '@/lib/kernel/period';
import { useStopByHand } from '@/lib/stop/client';
import { BurnUpPanel } from '../overview/burn-up-panel';
import { PageHeader } from '../shell/page-header';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { Banner } from '../ui/states';
import { sayDone } from '../ui/toast';
import { outcomeOf, ReasonDialog } from './acts/reason-dialog';
import { type AnswersChoice, namesOf } from './answer-fields';
import { BoundPanel, FactsPanel } from './facts-panel';
import { FiguresPanel } from './figures-panel';
import { GrantsPanel } from './grants/grants-panel';
import type { MayGrant } from './grants/words';
import { HistoryPanel } from './history-panel';
import { ModePanel } from './mode-panel';
import { StopBanner } from './stop-banner';
import { ThresholdForm } from './thresholds/threshold-form';
import { budgetFirstLine, periodWords } from './words';

/** What the person who looks may do here; null is yes, a sentence is why not. */
export type MayNot = { thresholds: string | null; mode: string | null };

export type BudgetScreenProps = {
  initial: BudgetOut;
  burnUp: BurnUpOut;
  history: HistoryOut;
  refusals: RefusalsOut;
  bounds: Bound[];
  choice: AnswersChoice;
  grants: GrantOut[];
  /** What its levels may name. */
  choices: LevelChoices;
  calendar: Calendar;
  serverNow: string;
  mayNot: MayNot;
  mayGrant: MayGrant;
  mayWrite: boolean;
  mayStop: boolean;
};

/** One budget: how much is left, where it goes, what happens at which level, and what it has been. */
export function BudgetScreen({ initial, burnUp, history, refusals, bounds, choice, ...props }: BudgetScreenProps) {
  const { grants, choices, calendar, serverNow, mayNot, mayGrant, mayWrite, mayStop } = props;
  const { zone } = calendar;
  const budget = useBudget(initial.id, initial).data ?? initial;
  const { stopId } = budget.current;
  const past = useHistory(budget.id, budget.etag, stopId, history).data ?? history;
  const refused = useRefusals(budget.id, refusals).data ?? refusals;
  const isOver = budget.endedAt !== null;
  const over = isOver ? 'This budget has ended.' : null;
  return (
    <>
      <PageHeader
        trail={[{ label: 'Budgets', href: '/budgets' }, { label: budget.name }]}
        note={`${periodWords(budget, zone)}, ${zone}`}
        title={budgetFirstLine(budget, zone, burnUp.silentSince)}
        actions={isOver ? null : <Acts budget={budget} mayWrite={mayWrite} mayStop={mayStop} />}
      />
      <div className="mb-3 grid gap-2 empty:hidden md:mb-4">
        <StopBanner budget={budget} stop={past.stops.find((each) => each.id === stopId)} zone={zone} mayLift={mayStop} />
        {budget.mode === 'observe' && stopId === null && !isOver ? (
          <Banner kind="observes" word="observes">
            Everything is decided and recorded, and nothing is refused.
          </Banner>
        ) : null}
      </div>
      <div className="grid items-start gap-3 md:gap-4 lg:grid-cols-[minmax(0,1fr)_344px]">
        <div className="grid min-w-0 gap-3 md:gap-4">
          <FiguresPanel budget={budget} zone={zone} />
          <Panel>
            <BurnUpPanel budgetId={budget.id} name={budget.name} stopId={stopId} initial={{ budgetId: budget.id, burnUp }} />
          </Panel>
          <ThresholdForm budget={budget} choices={choices} readOnly={over ?? mayNot.thresholds} />
        </div>
        <div className="grid min-w-0 gap-3 md:gap-4">
          <ModePanel budget={budget} refusals={refused} readOnly={over ?? mayNot.mode} />
          {budget.mode === 'enforce' || grants.length > 0 ? (
            <GrantsPanel budget={budget} initial={grants} calendar={calendar} serverNow={serverNow} may={mayGrant} />
          ) : null}
          <FactsPanel budget={budget} zone={zone} choice={choice} mayChange={mayWrite && !isOver} />
          <BoundPanel bounds={bounds} />
          <HistoryPanel history={past} zone={zone} names={namesOf(choice)} />
        </div>
      </div>
    </>
  );
}

/** Stop by hand and end: both need a reason, and name what they do. */
function Acts({ budget, mayWrite, mayStop }: { budget: BudgetOut; mayWrite: boolean; mayStop: boolean }) {
  const stop = useStopByHand(budget.id);
  const end = useEndBudget(budget.id);
  return (
    <>
      {mayWrite && budget.kind === 'scoped' ? (
        <ReasonDialog
          trigger={<Button small>End this budget…</Button>}
          title={`End ${budget.name}`}
          label="Why"
          hint="Kept in its history."
          act="End the budget"
          kind="danger"
          busy={end.isPending}
          onSay={(reason) => outcomeOf(end.mutateAsync({ etag: budget.etag, reason }).then(() => sayDone(`${budget.name} has ended.`)))}
        >
          <p>It admits and refuses nothing any more. Its figures and history stay; calls under way still settle into it.</p>
        </ReasonDialog>
      ) : null}
      {mayStop && budget.mode === 'enforce' && budget.current.stopId === null ? (
        <ReasonDialog
          trigger={
            <Button small icon="stopped">
              Stop by hand…
            </Button>
          }
          title={`Stop ${budget.name} by hand`}
          label="Reason"
          hint="Everyone who is refused can be told why."
          act="Stop now"
          kind="danger"
          busy={stop.isPending}
          onSay={(reason) => outcomeOf(stop.mutateAsync({ reason }).then(() => sayDone(`${budget.name} is stopped.`)))}
        >
          <p>
            From now on every paid call of its scope is refused, until someone lifts the stop. Calls under way finish inside their money.
          </p>
        </ReasonDialog>
      ) : null}
    </>
  );
}
