'use client';

import { formatMoney } from '@/lib/kernel/format-money';
import { useAbort, useResume, useStepBack } from '@/lib/recovery/client';
import type { Percent, PlanOut } from '@/lib/recovery/schema';
import { outcomeOf, ReasonDialog } from '../budget/acts/reason-dialog';
import { Button } from '../ui/button';
import { Panel } from '../ui/panel';
import { Status, type StatusKind } from '../ui/status';
import { Countdown, Time } from '../ui/time';
import { flowsFreely, hourly } from './words';

type Step = PlanOut['steps'][number];
type StepsPanelProps = { plan: PlanOut; zone: string; serverNow: string; mayAct: boolean };

const KINDS: Record<Step['state'], StatusKind> = { done: 'ok', current: 'live', next: 'prepared', later: 'off' };

/** How spend comes back: 1 → 5 → 25 → 50 → 100 % of the daily target, as money per hour. */
export function StepsPanel({ plan, zone, serverNow, mayAct }: StepsPanelProps) {
  const stepBack = useStepBack(plan.id);
  const abort = useAbort(plan.id);
  const open = plan.phase !== 'closed';
  const target = plan.targetNanoUsdPerDay;
  if (open && flowsFreely(plan))
    return (
      <Panel title="Resume steps" aside="none needed" padded>
        <p>Calls still pass: a level was crossed that stops nothing, so no step holds them.</p>
        <p className="mt-1 text-12 text-ink-2">Should it be stopped, it comes back in steps from 1&nbsp;%, and they stand here.</p>
      </Panel>
    );
  return (
    <Panel title="Resume steps" aside={target === null ? 'no target yet' : `step × ${formatMoney(target)} ÷ 24 h`}>
      <ol>
        {plan.steps.map((step) => (
          <li
            key={step.percent}
            className="border-line border-t px-3 py-2 first:border-t-0 md:px-4"
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <div className="flex flex-wrap items-start gap-x-2">
              <Status kind={KINDS[step.state]}>{step.percent}&nbsp;%</Status>
              <span className="ml-auto text-12 text-ink-2 tabular-nums">{hourly(step.hourlyNanoUsd)}</span>
            </div>
            {step.taken ? (
              <p className="text-12 text-ink-2 [overflow-wrap:anywhere]">
                <Time at={step.taken.at} zone={zone} /> {step.taken.byRule ? 'by rule' : `by ${step.taken.by}`}
                {step.taken.why === '' ? '' : `: ${step.taken.why}`}
              </p>
            ) : null}
            {step.state === 'current' && plan.hour ? (
              <p className="text-12 text-ink-2 tabular-nums">
                this hour {formatMoney(plan.hour.committedNanoUsd)} of {formatMoney(plan.hour.allowanceNanoUsd)}, next{' '}
                <Countdown until={plan.hour.endsAt} serverNow={serverNow} />
              </p>
            ) : null}
            {step.gate && open ? <Gate plan={plan} step={step} mayAct={mayAct} /> : null}
          </li>
        ))}
      </ol>
      {open && mayAct && plan.stagePercent !== null ? (
        <div className="flex flex-wrap justify-between gap-2 border-line border-t px-3 py-2.5 md:px-4">
          <ReasonDialog
            trigger={<Button small>Step back…</Button>}
            title="Go one step back?"
            label="Why"
            hint="It stands in the time line."
            act="Step back"
            kind="primary"
            busy={stepBack.isPending}
            onSay={(why) => outcomeOf(stepBack.mutateAsync(why))}
          >
            <p>Less money an hour, from now on. The count of stable days begins anew.</p>
          </ReasonDialog>
          <ReasonDialog
            trigger={
              <Button small icon="stopped" className="text-stop">
                Stop again…
              </Button>
            }
            title={`Stop ${plan.budgetName} again?`}
            label="Why"
            hint="It is announced at once."
            act="Stop again"
            kind="danger"
            busy={abort.isPending}
            onSay={(why) => outcomeOf(abort.mutateAsync(why))}
          >
            <p>Every paid call of its scope is refused from now on. Whoever was told of the breach is told.</p>
          </ReasonDialog>
        </div>
      ) : null}
    </Panel>
  );
}

/** What the next step waits for, and the yes that some steps need. */
function Gate({ plan, step, mayAct }: { plan: PlanOut; step: Step; mayAct: boolean }) {
  const resume = useResume(plan.id);
  const { gate } = step;
  if (!gate) return null;
  return (
    <div className="mt-1 grid gap-1">
      <ul className="grid gap-0.5 text-12">
        {gate.checks.map((check) => (
          <li key={check.key} className="flex items-start gap-1.5">
            <Status kind={check.passed ? 'ok' : 'warn'} iconOnly className="pt-0.5">
              {check.passed ? 'passed' : 'not passed'}
            </Status>
            <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{check.detail}</span>
          </li>
        ))}
      </ul>
      {gate.needsPerson ? (
        mayAct ? (
          <span>
            <ReasonDialog
              trigger={
                <Button small kind="primary" disabled={!gate.passed}>
                  Resume at {gate.percent}&nbsp;%…
                </Button>
              }
              title={`Let ${gate.percent}\u00a0% flow?`}
              label="Why now"
              hint="What has changed since it stopped."
              act={`Resume at ${gate.percent}\u00a0%`}
              kind="primary"
              busy={resume.isPending}
              onSay={(why) => outcomeOf(resume.mutateAsync({ percent: gate.percent as Percent, why }))}
            >
              <p>{hourly(step.hourlyNanoUsd)} may flow; what asks for more is refused until the next hour.</p>
            </ReasonDialog>
          </span>
        ) : (
          <p className="text-12 text-ink-2">This step needs a yes: the budget’s owner or an operator gives it.</p>
        )
      ) : (
        <p className="text-12 text-ink-2">{gate.passed ? 'Opens by itself.' : 'Opens by itself once its gate passes.'}</p>
      )}
    </div>
  );
}
