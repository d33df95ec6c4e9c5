'use client';

import Link from 'next/link';
import { useBreach } from '@/lib/breach/client';
import type { BreachDetailOut } from '@/lib/breach/schema';
import type { Signals } from '@/lib/playbook/injection/rules';
import { usePlan } from '@/lib/recovery/client';
import type { PlanOut } from '@/lib/recovery/schema';
import { InjectionPanel } from '../playbook/injection-panel';
import { CausePanel, CheckPanel } from '../recovery/check-panel';
import { CriteriaPanel } from '../recovery/criteria-panel';
import { MoneyPanel } from '../recovery/money-panel';
import { StepsPanel } from '../recovery/steps-panel';
import { RecoveryStrip } from '../recovery/strip';
import { recoverNote } from '../recovery/words';
import { PageHeader } from '../shell/page-header';
import { ButtonLink } from '../ui/button';
import { ErrorState } from '../ui/states';
import { AnswerPanel } from './answer-panel';
import { PhaseRail, phasesOf } from './phase-rail';
import { ThenAndNow } from './then-and-now';
import { TimeLine } from './time-line';
import { boardOf, breachFirstLine } from './words';

type BreachScreenProps = {
  initial: BreachDetailOut;
  plan: PlanOut | null;
  zone: string;
  serverNow: string;
  /** Whether this person may act on the plan: resume, sign off, close. */
  mayRecover: boolean;
  /** What in the usage looks like a prompt injection. */
  signals: Signals;
};

const BOARD_LABELS = { open: 'Open', recovering: 'Recovering', closed: 'Closed' } as const;

/** One breach from the crossing to its end: who has it, what holds spend back, and how it comes back. */
export function BreachScreen({ initial, plan, zone, serverNow, mayRecover, signals }: BreachScreenProps) {
  const { data: breach = initial, error, refetch, isFetching } = useBreach(initial.id, initial);
  if (plan) return <WithPlan {...{ breach, initialPlan: plan, zone, serverNow, mayRecover, signals }} />;
  return (
    <Frame breach={breach} plan={null} zone={zone} serverNow={serverNow} signals={signals}>
      {error ? (
        <ErrorState onRetry={() => void refetch()} busy={isFetching} {...(error.requestId ? { reference: error.requestId } : {})}>
          {error.detail}
        </ErrorState>
      ) : null}
    </Frame>
  );
}

type WithPlanProps = Omit<BreachScreenProps, 'initial' | 'plan'> & { breach: BreachDetailOut; initialPlan: PlanOut };

function WithPlan({ breach, initialPlan, zone, serverNow, mayRecover, signals }: WithPlanProps) {
  const { data: plan = initialPlan, error, refetch, isFetching } = usePlan(initialPlan.id, initialPlan);
  // What has to be done next stands first: before anything flows, the money and the cause; after that, how far it is from its end.
  const criteria = <CriteriaPanel plan={plan} mayAct={mayRecover} />;
  const steps = <StepsPanel plan={plan} zone={zone} serverNow={serverNow} mayAct={mayRecover} />;
  const money = <MoneyPanel plan={plan} zone={zone} mayAct={mayRecover} />;
  const cause = <CausePanel key={`${plan.cause} ${plan.correctiveAction}`} plan={plan} mayAct={mayRecover} />;
  const checks = <CheckPanel plan={plan} mayAct={mayRecover} />;
  return (
    <Frame breach={breach} plan={plan} zone={zone} serverNow={serverNow} signals={signals}>
      {error ? (
        <ErrorState onRetry={() => void refetch()} busy={isFetching} {...(error.requestId ? { reference: error.requestId } : {})}>
          {error.detail}
        </ErrorState>
      ) : null}
      <RecoveryStrip plan={plan} zone={zone} maySign={mayRecover} />
      {plan.stagePercent === null && plan.phase !== 'closed' ? (
        <>
          <div className="grid gap-4 lg:grid-cols-3">
            {money}
            {cause}
            {steps}
          </div>
          <div className="grid gap-4 lg:grid-cols-2">
            {criteria}
            {checks}
          </div>
        </>
      ) : (
        <>
          <div className="grid gap-4 lg:grid-cols-3">
            {criteria}
            {steps}
            {money}
          </div>
          <div className="grid gap-4 lg:grid-cols-2">
            {cause}
            {checks}
          </div>
        </>
      )}
    </Frame>
  );
}

type FrameProps = {
  breach: BreachDetailOut;
  plan: PlanOut | null;
  zone: string;
  serverNow: string;
  signals: Signals;
  children: React.ReactNode;
};

function Frame({ breach, plan, zone, serverNow, signals, children }: FrameProps) {
  const board = boardOf(breach);
  const stable = plan ? { ...plan.stable, percent: plan.stagePercent } : null;
  return (
    <>
      <PageHeader
        trail={[
          { label: 'Breaches', href: '/breaches' },
          { label: BOARD_LABELS[board], href: `/breaches?board=${board}` },
          { label: breach.budget.name },
        ]}
        title={breachFirstLine(breach, stable, zone)}
        actions={
          plan ? (
            <ButtonLink small icon="table" prefetch={false} href={`/breaches/${breach.id}/report`}>
              {plan.phase === 'closed' ? 'Report' : 'Report so far'}
            </ButtonLink>
          ) : undefined
        }
      />
      <div className="grid gap-4">
        <PhaseRail phases={phasesOf(breach, plan ? recoverNote(plan) : null)} />
        {breach.phase === 'closed' ? null : <InjectionPanel found={signals} />}
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(300px,380px)] max-lg:[&>*:last-child]:order-first">
          <div className="grid content-start gap-4">
            <ThenAndNow breach={breach} zone={zone} />
            {breach.actionIds.length > 0 ? (
              <p className="text-12 text-ink-2">
                {breach.actionIds.length === 1 ? 'One action' : `${breach.actionIds.length} actions`} of this breach:{' '}
                <Link href="/containment" className="text-accent-ink underline">
                  see what is held back
                </Link>
                .
              </p>
            ) : null}
          </div>
          <AnswerPanel breach={breach} zone={zone} serverNow={serverNow} />
        </div>
        {children}
        <TimeLine breach={breach} zone={zone} mayNote={breach.phase !== 'closed'} />
      </div>
    </>
  );
}
