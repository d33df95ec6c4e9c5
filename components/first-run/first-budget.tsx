'use client';

import { Button, ButtonLink } from '../ui/button';
import { FormFault, type FormProblem } from '../ui/form/form-fault';
import { Panel } from '../ui/panel';

type FirstBudgetProps = {
  workload: string;
  /** The amount with its currency, as people read it. */
  amount: string;
  /** Days it was worked out from; null where they were too few. */
  fromDays: number | null;
  /** Where it can be changed before it is made. */
  href: string;
  /** Why this person cannot make it; null when they can. */
  refused: string | null;
  busy: boolean;
  problem: FormProblem | null;
  onMake: () => void;
};

/** The next step after a call: a budget with a proposed amount, which only observes. */
export function FirstBudget({ workload, amount, fromDays, href, refused, busy, problem, onMake }: FirstBudgetProps) {
  const whence =
    fromDays === null
      ? 'A tenth of the amount over everything, as too few days are known to tell'
      : `From the last ${fromDays} days of it, and a quarter more`;
  return (
    <Panel emphasis>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onMake();
        }}
        className="flex flex-wrap items-center gap-3 px-3 py-3 md:px-4"
      >
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="font-semibold text-15">
            Next: a budget for {workload}, {amount} a month
          </h2>
          <p className="text-12 text-ink-2">
            {whence}. In observe: everything is counted, nothing is refused.{refused ? ` ${refused}` : ''}
          </p>
        </div>
        <span className="flex flex-wrap gap-2">
          <ButtonLink href={href}>Change it first</ButtonLink>
          <Button type="submit" kind="primary" busy={busy} disabled={refused !== null}>
            Make this budget
          </Button>
        </span>
        <div className="basis-full empty:hidden">{problem ? <FormFault problem={problem} /> : null}</div>
      </form>
    </Panel>
  );
}
