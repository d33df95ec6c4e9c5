import Link from 'next/link';
import { formatMoney } from '@/lib/kernel/format-money';
import type { ProposalOut } from '@/lib/value/schema';
import { Panel } from '../ui/panel';
import { Status, type StatusKind } from '../ui/status';

const STATES: Record<string, [StatusKind, string]> = {
  prepared: ['prepared', 'waits for a yes'],
  taking_hold: ['taking_hold', 'taking hold'],
  in_force: ['in_force', 'in force'],
  failed: ['failed', 'not everywhere'],
  ended: ['off', 'ended'],
};

/** What was promised, and beside it what the routing has measurably saved. */
export function ProposalsPanel({ proposals }: { proposals: ProposalOut[] }) {
  if (proposals.length === 0) return null;
  return (
    <Panel title="Proposed splits" aside="promised for 30 days, and measured">
      <ul>
        {proposals.map((each) => {
          const [kind, word] = STATES[each.state] ?? ['off', each.state];
          return (
            <li key={each.id} className="grid gap-1 border-line border-t px-3 py-2.5 first:border-t-0 md:px-4">
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <Link href="/containment" className="text-accent-ink [overflow-wrap:anywhere] hover:underline">
                  {`${each.workload}${each.feature === '' ? '' : `, ${each.feature}`}: ${each.from} → ${each.to}`}
                </Link>
                <Status kind={kind}>{word}</Status>
              </span>
              <span className="text-12 text-ink-2">
                {`Promised ${formatMoney(each.promisedNanoUsd)}; measured ${formatMoney(each.savedNanoUsd)}${each.startedAt === null ? ', as it has not begun' : ' so far'}.`}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
