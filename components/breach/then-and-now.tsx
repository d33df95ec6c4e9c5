import Link from 'next/link';
import type { BreachDetailOut } from '@/lib/breach/schema';
import { formatCount, formatMoney, NO_FIGURE } from '@/lib/kernel/format-money';
import { Time } from '../ui/time';

type ThenAndNowProps = { breach: BreachDetailOut; zone: string };

/** The figures of the moment it opened beside those of now. */
export function ThenAndNow({ breach, zone }: ThenAndNowProps) {
  const { figuresThen: then, figuresNow: now } = breach;
  const facts = [
    { name: breach.cause === 'level' ? 'Reached' : 'Opened', figure: <Time at={breach.openedAt} zone={zone} />, note: null },
    { name: 'Charged then', figure: formatMoney(then.chargedNanoUsd), note: `of ${formatMoney(then.limitNanoUsd)}` },
    { name: 'Set aside then', figure: formatMoney(then.heldNanoUsd), note: 'calls under way' },
    {
      name: 'Charged now',
      figure: now ? formatMoney(now.chargedNanoUsd) : NO_FIGURE,
      note: now ? `of ${formatMoney(now.limitNanoUsd)}` : 'no period runs',
    },
    { name: 'Stops', figure: formatCount(breach.stopIds.length), note: breach.isStopped ? 'stopped now' : 'none holds now' },
    {
      name: 'Budget',
      figure: (
        <Link href={`/budgets/${breach.budgetId}`} className="hover:underline">
          {breach.budget.name}
        </Link>
      ),
      note: breach.budget.ownerName ? `owned by ${breach.budget.ownerName}` : 'nobody owns it',
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
      {facts.map(({ name, figure, note }) => (
        <div key={name} className="min-w-0">
          <dt className="text-12 text-ink-2">{name}</dt>
          <dd className="font-semibold text-15 tabular-nums [overflow-wrap:anywhere]">{figure}</dd>
          {note ? <dd className="text-12 text-ink-2">{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
