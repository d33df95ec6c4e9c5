import type { ReactNode } from 'react';
import { Status } from '../ui/status';
import { endWords, type PolicyShown, stepWords, type Target } from './words';

type PolicyListProps = { policies: PolicyShown[]; targets: Target[]; acts: (policy: PolicyShown) => ReactNode };

/** Every policy with its steps as sentences. */
export function PolicyList({ policies, targets, acts }: PolicyListProps) {
  if (policies.length === 0)
    return (
      <p className="p-4 text-ink-2">
        No policy is made yet. Until one is, a breach is told to its escalation owners and the budget’s owner at once, to the admins too
        after 15 minutes, once more, and then to the admins every hour.
      </p>
    );
  return (
    <ul>
      {policies.map((policy) => (
        <li key={policy.id} className="grid gap-2 border-line border-t p-4 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_auto]">
          <div className="grid min-w-0 gap-1">
            <h3 className="flex flex-wrap items-center gap-x-3 font-semibold text-13">
              <span className="[overflow-wrap:anywhere]">{policy.name}</span>
              {policy.isDefault ? <Status kind="ok">default</Status> : null}
              <span className="font-normal text-12 text-ink-2">
                {policy.budgets === 1 ? '1 budget names it' : `${policy.budgets} budgets name it`}
              </span>
            </h3>
            <ol className="list-decimal pl-5 text-13">
              {policy.steps.map((step) => (
                <li key={JSON.stringify(step)}>{stepWords(step, targets)}</li>
              ))}
            </ol>
            <p className="text-12 text-ink-2">{endWords(policy)}</p>
          </div>
          <div className="flex items-start gap-2">{acts(policy)}</div>
        </li>
      ))}
    </ul>
  );
}
