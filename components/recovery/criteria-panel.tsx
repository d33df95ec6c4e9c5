import type { CriterionOut, PlanOut } from '@/lib/recovery/schema';
import { Panel } from '../ui/panel';
import { Status } from '../ui/status';
import { ClosePlan } from './close-plan';

const NAMES: Record<CriterionOut['key'], string> = {
  stable_days: 'Stable days in a row at 100\u00a0%',
  forecast: 'Forecast’s upper band under the limit',
  unpriced: 'Nothing unpriced',
  grants: 'No open grant',
  demand: 'Demand present',
  checks: 'Check list done',
};

/** What has to be so before the breach can be closed, judged on live figures. */
export function CriteriaPanel({ plan, mayAct }: { plan: PlanOut; mayAct: boolean }) {
  const met = plan.criteria.filter((each) => each.met).length;
  const all = plan.criteria.length;
  return (
    <Panel title="Exit criteria" aside={`${met} of ${all} met, live`}>
      <ul>
        {plan.criteria.map((each) => (
          <li
            key={each.key}
            className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-2 border-line border-t px-3 py-2 first:border-t-0 md:px-4"
          >
            <Status kind={each.met ? 'ok' : 'off'} iconOnly className="pt-0.5">
              {each.met ? 'met' : 'not met'}
            </Status>
            <span className="min-w-0">
              {NAMES[each.key]}
              <span className="block text-12 text-ink-2 [overflow-wrap:anywhere]">{each.detail}</span>
            </span>
          </li>
        ))}
      </ul>
      {plan.phase !== 'closed' && mayAct ? (
        <div className="flex justify-end border-line border-t px-3 py-2.5 md:px-4">
          <ClosePlan plan={plan} ready={met === all} />
        </div>
      ) : null}
    </Panel>
  );
}
